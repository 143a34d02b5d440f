using NodaTime;
using NodaTime.Text;
using NudgeBot.Retention;

namespace NudgeBot.Tests.Retention;

/// <summary>Retention from the day rows, person by person and date by date: docs/measurement.md, with nothing shared with the product.</summary>
static class SlowRetention
{
    public static IReadOnlyList<RetentionRow> Rows(IReadOnlyList<MeasuredPerson> people, Grouping grouping, UsageSource source, int weeks, LocalDate until)
    {
        var groups = people.Where(person => person.DayZero is not null)
            .GroupBy(person => Value(person, grouping)).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var cells = groups.ConvertAll(_ => new Cell?[weeks]);
        for (var week = 1; week <= weeks; week++)
        {
            var atRisk = groups.ConvertAll(group => group.Where(person => IsAtRisk(person, week, until)).ToList());
            var shown = Shown(atRisk.ConvertAll(group => group.Count));
            for (var i = 0; i < groups.Count; i++)
                if (shown[i]) cells[i][week - 1] = new Cell(atRisk[i].Count, atRisk[i].Count(person => IsActive(person, week, source)));
        }
        var rows = groups.Select((group, i) => new RetentionRow(grouping, group.Key, cells[i]));
        return [.. rows.Where(row => grouping != Grouping.Entry || row.Value.Length > 0)];
    }

    static string Value(MeasuredPerson person, Grouping grouping) => grouping switch
    {
        Grouping.All => "all",
        Grouping.Role => person.Role,
        Grouping.Team => person.Team,
        Grouping.Location => person.Location,
        Grouping.Entry => person.Entry ?? "",
        Grouping.Arm => person.Arm,
        Grouping.Cohort => LocalDatePattern.Iso.Format(Monday(person.DayZero!.Value)),
    };

    static LocalDate Monday(LocalDate date)
    {
        while (date.DayOfWeek != IsoDayOfWeek.Monday) date = date.PlusDays(-1);
        return date;
    }

    static bool IsAtRisk(MeasuredPerson person, int week, LocalDate until)
    {
        var end = person.DayZero!.Value.PlusDays(7 * week);
        return end <= until && !person.HasLeftBy(end);
    }

    static bool IsActive(MeasuredPerson person, int week, UsageSource source) =>
        Enumerable.Range(7 * (week - 1) + 1, 7).Any(day => person.Use(source).Contains(person.DayZero!.Value.PlusDays(day)));

    static bool[] Shown(List<int> atRisk)
    {
        var shown = atRisk.ConvertAll(count => count >= 5).ToArray();
        while (atRisk.Where((_, i) => !shown[i]).Sum() is > 0 and < 5 && shown.Contains(true))
        {
            var smallest = atRisk.Where((_, i) => shown[i]).Min();
            shown[Enumerable.Range(0, shown.Length).First(i => shown[i] && atRisk[i] == smallest)] = false;
        }
        return shown;
    }
}
