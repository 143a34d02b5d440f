namespace NudgeBot.Gates;

/// <summary>What a gate asks, in this order.</summary>
public enum GateMeasure { People, Days, Delivery, OptOuts, Blocked, Week3Retention }

public enum GateVerdict
{
    Passed,
    Failed,

    /// <summary>Too few people, or too few days: no reason to go on, and none for worry.</summary>
    TooEarly,

    /// <summary>The campaign has no goal for it: told, and no obstacle.</summary>
    NotAsked,
}

/// <param name="Threshold">Percent for a share; else people or days. Null where it is not asked.</param>
/// <param name="IsLeast">The figure must be at least the threshold; false: at most.</param>
public sealed record GateFigure(GateMeasure Measure, GateVerdict Verdict, int? Threshold, bool IsLeast)
{
    /// <summary>Null for those that are counts, and where fewer than five people are behind it.</summary>
    public Portion? Portion { get; init; }

    /// <summary>Of people or days; null for shares, and where it is not known.</summary>
    public int? Count { get; init; }
}
