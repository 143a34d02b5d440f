using NodaTime;

namespace NudgeBot.Forecasting;

/// <summary>What a workspace is to be sent, held against what its platform takes.</summary>
/// <param name="PerSecond">Messages that the platform takes; null: as many as there are.</param>
/// <param name="Hours">Those with messages, in order.</param>
/// <param name="LongestQueue">From a message's moment until it has left, at the platform's limit, at worst.</param>
/// <param name="TooLate">Messages that would not leave before the end of the sending window of their day.</param>
public sealed record WorkspaceLoad(
    string Workspace, string Platform, double? PerSecond, IReadOnlyList<HourLoad> Hours, Duration LongestQueue, int TooLate)
{
    const int SecondsPerHour = 3600;

    /// <summary>The first of the fullest.</summary>
    public HourLoad Peak => Hours.MaxBy(hour => hour.Messages)!;

    public int? PerHour => PerSecond is { } rate ? (int)(rate * SecondsPerHour) : null;

    internal static WorkspaceLoad Of(string workspace, string platform, double? perSecond, IEnumerable<Burst> bursts)
    {
        var inOrder = bursts.OrderBy(burst => burst.At).ThenBy(burst => burst.WindowEnd).ToList();
        var (queue, tooLate) = perSecond is { } rate ? Queue(inOrder, rate) : (Duration.Zero, 0);
        return new WorkspaceLoad(
            workspace, platform, perSecond,
            [
                .. inOrder.GroupBy(burst => Instant.FromUnixTimeSeconds(burst.At.ToUnixTimeSeconds() / SecondsPerHour * SecondsPerHour))
                    .Select(hour => new HourLoad(hour.Key, hour.Sum(burst => burst.Messages))),
            ],
            queue, tooLate);
    }

    /// <summary>First come, first served. What misses its window is left out of the queue: it waits for the next day's.</summary>
    static (Duration Longest, int TooLate) Queue(List<Burst> bursts, double rate)
    {
        var (longest, tooLate, freeAt) = (Duration.Zero, 0, Instant.MinValue);
        foreach (var burst in bursts)
        {
            var begins = Instant.Max(burst.At, freeAt);
            var fits = Math.Clamp((int)((burst.WindowEnd - begins).TotalSeconds * rate), 0, burst.Messages);
            tooLate += burst.Messages - fits;
            if (fits == 0) continue;
            freeAt = begins + Duration.FromSeconds(fits / rate);
            longest = Duration.Max(longest, freeAt - burst.At);
        }
        return (longest, tooLate);
    }
}

/// <param name="From">The full hour, UTC.</param>
public sealed record HourLoad(Instant From, int Messages);

/// <summary>Messages that are due at one moment.</summary>
/// <param name="WindowEnd">When the sending window of their day ends.</param>
readonly record struct Burst(Instant At, Instant WindowEnd, int Messages);
