using NodaTime;

namespace NudgeBot.Web.Playground;

/// <summary>How far the clock is moved at once.</summary>
enum Leap { Hour, WorkingDay, Week, Message }

/// <summary>Moves a demo's clock, and tells what happened meanwhile.</summary>
sealed class TimeMachine(DemoWorld world)
{
    /// <summary>A campaign of sixty days has a message in any such time; after its end there is none to wait for.</summary>
    static readonly Duration MessageWithin = Duration.FromDays(35);

    /// <summary>Farther than any step of a campaign of sixty days is away.</summary>
    public static readonly Duration Farthest = Duration.FromDays(92);

    /// <summary>When most steps are sent, so that the day's messages have just come.</summary>
    static readonly LocalTime Morning = new(10, 0);

    /// <summary>The last move since the program started.</summary>
    public Move? Last { get; private set; }

    /// <param name="zone">Where the working days are meant that one leaps to.</param>
    /// <param name="country">Null: by the zone.</param>
    public Task LeapAsync(Leap leap, string zone, string? country, CancellationToken cancellation) => leap switch
    {
        Leap.Hour => ToAsync(world.Now + Duration.FromHours(1), cancellation),
        Leap.WorkingDay => ToAsync(NextWorkingDay(zone, country), cancellation),
        Leap.Week => ToAsync(world.Now + Duration.FromDays(7), cancellation),
        Leap.Message => TellAsync(() => world.MoveToNextMessageAsync(world.Now + MessageWithin, cancellation), cancellation),
    };

    /// <summary>A moment that has passed meanwhile is no error: two windows may ask for the same one.</summary>
    /// <returns>False when it is too far away; the clock stands where it stood.</returns>
    public async Task<bool> ToAsync(Instant moment, CancellationToken cancellation)
    {
        if (moment - world.Now > Farthest) return false;
        await TellAsync(() => world.MoveToAsync(Instant.Max(moment, world.Now), cancellation), cancellation);
        return true;
    }

    async Task TellAsync(Func<Task> move, CancellationToken cancellation)
    {
        var (from, lastMessage) = (world.Now, await world.Chat.LastSentAsync(cancellation));
        await move();
        Last = await Move.TellAsync(world, from, lastMessage, cancellation);
        world.Changes.Raise();
    }

    Instant NextWorkingDay(string zone, string? country)
    {
        var schedule = world.Product.Schedules.For(zone, country, new Nudging.SendingWindow(Morning, Morning.PlusHours(1)));
        return schedule.NextTry(world.Now, Morning);
    }
}
