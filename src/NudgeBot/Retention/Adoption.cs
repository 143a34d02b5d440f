namespace NudgeBot.Retention;

/// <summary>
/// Adoption, the month-1 mark: of those at risk in week 4, how many were active in it on two dates or more (docs/measurement.md).
/// </summary>
sealed class Adoption
{
    /// <summary>What a campaign should reach.</summary>
    public const double Mark = 0.20;

    const int FirstDay = 22, LastDay = 28;
    int atRisk, adopted;

    /// <summary>Null where fewer than five people are at risk.</summary>
    public Cell? Share => SmallGroups.Alone(new Cell(atRisk, adopted));

    public void Add(FollowUp person)
    {
        if (person.LastDay < LastDay) return;
        atRisk++;
        if (person.Count(FirstDay, LastDay) >= 2) adopted++;
    }
}
