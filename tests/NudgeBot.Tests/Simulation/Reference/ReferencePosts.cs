using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Nudging;

namespace NudgeBot.Tests.Simulation.Reference;

/// <summary>The posts in teams' channels: docs/campaigns.md. They are decided at their planned moment.</summary>
static class ReferencePosts
{
    public static IEnumerable<string> Rows(ReferenceInput input, IReadOnlyList<ReferenceEnrollment> enrollments, DateOnly lastDate)
    {
        var teams = enrollments.Where(e => e.IsNudged && e.Person.Team.Length > 0)
            .GroupBy(e => e.Person.Team)
            .OrderBy(team => team.Key, StringComparer.Ordinal);
        foreach (var team in teams)
        {
            var dayZero = team.Min(member => member.DayZero);
            var zone = DateTimeZoneProviders.Tzdb[MostFrequent(team.Select(member => member.Person.Zone))];
            var workingDays = ReferenceEnrollment.WorkingDaysOf(MostFrequent(team.Select(member => member.Country)), input);
            foreach (var step in input.Campaign.Steps.Where(s => s.Kind == StepKind.Wins).OrderBy(s => s.Day))
            {
                var date = workingDays.FirstFrom(dayZero.AddDays(step.Day));
                if (date > lastDate) continue;
                var moment = LocalMoments.At(date, step.At, zone);
                var members = team.Count(member => !member.HasLeftBy(LocalMoments.DateOf(moment, member.Zone)));
                var (outcome, reason) = Decide(step, members);
                yield return Csv.Line(team.Key, step.Key, LocalMoments.Local(moment, zone), LocalMoments.Utc(moment), Words.Of(outcome), reason);
            }
        }
    }

    static (Outcome, string) Decide(Step step, int members)
    {
        if (step.OnlyIf is null || IsTrue(step.OnlyIf, members)) return (Outcome.Sent, "");
        if (step.Otherwise is not null) return (Outcome.Sent, OtherReason.Alternative);
        return (Outcome.Skipped, Words.Of(SkipReason.ConditionFalse));
    }

    static bool IsTrue(Condition condition, int members) => condition switch
    {
        Condition.NudgedMembers c => members >= c.AtLeast,
        Condition.Any c => c.Of.Any(one => IsTrue(one, members)),
        Condition.All c => c.Of.All(one => IsTrue(one, members)),
        _ => throw new InvalidOperationException($"{condition.GetType().Name} is not for a team."),
    };

    static string MostFrequent(IEnumerable<string> values) =>
        values.GroupBy(value => value).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).First().Key;
}
