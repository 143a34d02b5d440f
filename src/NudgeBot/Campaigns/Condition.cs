namespace NudgeBot.Campaigns;

/// <summary>
/// When a step is sent. "Dates before" are the local dates L-N to L-1 of the moment of sending, by the rows known then; somebody of
/// whom no use is known counts as without use.
/// </summary>
public abstract record Condition
{
    Condition() { }

    /// <summary>Used on one of day 0 to L-1.</summary>
    public sealed record UsedSinceDayZero : Condition;

    /// <summary>Answered any earlier nudge of this enrollment.</summary>
    public sealed record AnsweredEarlier : Condition;

    /// <summary>Used on fewer than <paramref name="Times"/> of the <paramref name="Dates"/> dates before (1 to 60).</summary>
    public sealed record UsedFewerThan(int Times, int Dates) : Condition;

    /// <summary>For a team's channel: the team has at least so many nudged members.</summary>
    public sealed record NudgedMembers(int AtLeast) : Condition;

    public sealed record Any(IReadOnlyList<Condition> Of) : Condition;

    public sealed record All(IReadOnlyList<Condition> Of) : Condition;

    public bool IsTrue(ConditionFacts facts) => this switch
    {
        UsedSinceDayZero => facts.UsedSinceDayZero(),
        AnsweredEarlier => facts.AnsweredEarlier,
        UsedFewerThan c => facts.DatesUsedBefore(c.Dates) < c.Times,
        NudgedMembers c => facts.NudgedMembers >= c.AtLeast,
        Any c => c.Of.Any(one => one.IsTrue(facts)),
        All c => c.Of.All(one => one.IsTrue(facts)),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };
}
