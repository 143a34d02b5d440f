using NodaTime;
using NudgeBot.Nudging;

namespace NudgeBot.Web.Playground;

/// <summary>What happened while the clock was moved.</summary>
/// <param name="Recipients">Who got a message, in the order of sending.</param>
public sealed record Move(Instant From, Instant To, IReadOnlyList<MessagedPerson> Recipients, Decided Decided)
{
    const int MostNames = 3;

    /// <summary>On one line, in the time of that zone.</summary>
    public string InWords(DateTimeZone zone)
    {
        var others = Recipients.Count > MostNames ? $" and {Recipients.Count - MostNames} more" : "";
        var to = Recipients.Count == 0 ? "" : $" · Messages to {string.Join(", ", Recipients.Take(MostNames).Select(one => one.Name))}{others}";
        return $"{Shown.DayAndHour(From, zone)} → {Shown.DayAndHour(To, zone)}{to} · {Decided.InWords()}";
    }

    internal static async Task<Move> TellAsync(DemoWorld world, Instant from, long lastSent, CancellationToken cancellation)
    {
        var recipients = await world.Chat.MessagedSinceAsync(lastSent, cancellation);
        return new Move(from, world.Now, recipients, await Decided.BetweenAsync(world.Product.Database, world.OrganizationId, from, world.Now, cancellation));
    }
}

public sealed record MessagedPerson(long PersonId, string Name);
