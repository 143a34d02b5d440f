using NudgeBot.Retention;

namespace NudgeBot.Gates;

/// <summary>Of so many people, so many.</summary>
public readonly record struct Portion(int People, int Count)
{
    public double Share => (double)Count / People;

    /// <summary>Wilson's, 95 %.</summary>
    public (double Low, double High) Interval => Wilson.Interval(Count, People);

    /// <summary>Fewer than five people are never told of.</summary>
    public bool IsKnown => People >= SmallGroups.Least;
}
