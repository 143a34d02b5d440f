using NodaTime;

namespace NudgeBot.Gates;

/// <summary>What a gate is judged by.</summary>
public sealed record GateCounts
{
    /// <summary>Nudged people whose day 0 has come.</summary>
    public int People { get; init; }

    /// <summary>Whole days without a change of the rollout and without a breach; null: it has not started.</summary>
    public int? Days { get; init; }

    /// <summary>Of the people who were written to lately, those whom the last message reached.</summary>
    public Portion Delivery { get; init; }

    /// <summary>Of the people who got a message lately, those who said stop since.</summary>
    public Portion OptOuts { get; init; }

    /// <summary>Of the same people, those who said that something is in the way.</summary>
    public Portion Blocked { get; init; }

    /// <summary>Of those at risk in week 3, those active in it.</summary>
    public Portion Week3 { get; init; }

    /// <summary>When the first message went astray, stop or block was said that is counted above; null where there is none.</summary>
    public Instant? UndeliveredSince { get; init; }

    /// <inheritdoc cref="UndeliveredSince"/>
    public Instant? OptedOutSince { get; init; }

    /// <inheritdoc cref="UndeliveredSince"/>
    public Instant? BlockedSince { get; init; }
}
