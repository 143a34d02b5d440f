using NodaTime;
using NudgeBot.Usage;

namespace NudgeBot.Campaigns;

/// <summary>What is known of a person, or of a team, at the moment of sending.</summary>
/// <param name="Today">The local date of the moment: L.</param>
public sealed record ConditionFacts(LocalDate Today, LocalDate DayZero, ActiveDays Use, bool AnsweredEarlier, int NudgedMembers)
{
    public bool UsedSinceDayZero() => Use.Count(DayZero, Today.PlusDays(-1)) > 0;

    public int DatesUsedBefore(int dates) => Use.Count(Today.PlusDays(-dates), Today.PlusDays(-1));
}
