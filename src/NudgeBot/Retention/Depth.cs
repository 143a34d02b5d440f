namespace NudgeBot.Retention;

/// <summary>
/// Depth of use: on how many dates people use the tool in a week in which they use it at all. The mean over all people's active weeks;
/// weeks are retention's (day 7(k-1)+1 to day 7k), and only those that are over.
/// </summary>
sealed class Depth
{
    int people;
    long activeWeeks, activeDates;

    /// <summary>1 to 7; null where fewer than five people had an active week.</summary>
    public double? ActiveDatesPerActiveWeek => people < SmallGroups.Least ? null : (double)activeDates / activeWeeks;

    public void Add(FollowUp person)
    {
        var before = activeWeeks;
        for (var last = 7; last <= person.LastDay; last += 7)
        {
            var dates = person.Count(last - 6, last);
            if (dates == 0) continue;
            activeWeeks++;
            activeDates += dates;
        }
        if (activeWeeks > before) people++;
    }
}
