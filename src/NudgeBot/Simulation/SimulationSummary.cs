using System.Text;
using NudgeBot.Files;
using NudgeBot.People;
using NudgeBot.Retention;

namespace NudgeBot.Simulation;

/// <summary>The simulation in words and small tables: who was nudged, who answered, who stayed, against the reference.</summary>
static class SimulationSummary
{
    public static string Write(
        SimulationInput input, string campaign, IReadOnlyList<string> stepOrder, int refusedRows, ScriptedPeople people, IReadOnlyList<NudgeRow> nudges, IReadOnlyList<NudgeRow> posts, IReadOnlyList<EnrollmentRow> enrollments,
        RetentionReport retention)
    {
        var text = new StringBuilder();
        text.Append($"Campaign {campaign}, {input.From:uuuu-MM-dd} to {input.LastDate:uuuu-MM-dd} ({input.Days} days)\n\n");

        text.Append($"People       {enrollments.Count} enrolled: {Count(enrollments, e => e.Arm == "nudged")} nudged, {Count(enrollments, e => e.Arm == "holdout")} held out, "
            + $"{Count(enrollments, e => e.Arm is null)} waiting for the rollout{(refusedRows > 0 ? $"; {refusedRows} rows of the roster were refused" : "")}\n");
        text.Append($"Entries      {Count(enrollments, e => e.Entry == "new")} new, {Count(enrollments, e => e.Entry == "lapsed")} lapsed, {Count(enrollments, e => e.Entry == "active")} active\n");
        text.Append($"Nudges       {Count(nudges, n => n.Outcome == "sent")} sent, {Count(nudges, n => n.Outcome == "skipped")} skipped, {Count(nudges, n => n.Outcome == "pending")} pending\n");
        text.Append($"Answers      {people.Given} given\n\n");

        Steps(text, stepOrder, nudges, posts, people);
        Curve(text, retention);
        return text.ToString();
    }

    static void Steps(StringBuilder text, IReadOnlyList<string> stepOrder, IReadOnlyList<NudgeRow> nudges, IReadOnlyList<NudgeRow> posts, ScriptedPeople people)
    {
        text.Append($"{"Step",-26}{"sent",8}{"answered",10}{"skipped",9}{"pending",9}  why not\n");
        foreach (var step in stepOrder)
        {
            var rows = nudges.Concat(posts).Where(n => n.Step == step).ToList();
            var reasons = rows.Where(n => n.Outcome != "sent" && n.Reason is not null).GroupBy(n => n.Reason!)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Count()}");
            text.Append($"{step,-26}{Count(rows, n => n.Outcome == "sent"),8}{people.AnsweredBy(step),10}{Count(rows, n => n.Outcome == "skipped"),9}{Count(rows, n => n.Outcome == "pending"),9}  {string.Join(", ", reasons)}".TrimEnd()).Append('\n');
        }
        text.Append('\n');
    }

    static void Curve(StringBuilder text, RetentionReport retention)
    {
        var all = retention.Rows.First(row => row.Grouping == Grouping.All).Weeks;
        var isNew = retention.Rows.FirstOrDefault(row => row is { Grouping: Grouping.Entry, Value: "new" })?.Weeks;
        text.Append(retention.Source == UsageSource.Telemetry ? "Retention, from telemetry\n" : "Retention, from self-reports (there is no usage feed)\n");
        text.Append($"{"Week",-6}{"at risk",9}{"active",9}{"share",9}{"95 % interval",18}{"new people",12}{"reference",11}\n");
        for (var week = 1; week <= all.Count; week++)
        {
            text.Append($"{week,-6}");
            if (all[week - 1] is { } cell)
            {
                var (low, high) = Wilson.Interval(cell.Active, cell.AtRisk);
                text.Append($"{cell.AtRisk,9}{cell.Active,9}{Percent(cell.Share),9}{$"{Percent(low)} to {Percent(high)}",18}{Percent(isNew?[week - 1]?.Share),12}{Percent(ReferenceCurve.ShareIn(week)),11}".TrimEnd());
            }
            text.Append('\n');
        }
    }

    /// <summary>What of the files was not used, and why; empty where all of it was.</summary>
    public static string Notes(RosterReport roster, UsageTimeline usage, ScriptedPeople people, IReadOnlyList<RowProblem> answerProblems)
    {
        var text = new StringBuilder();
        Section(text, "Roster rows that were refused", [.. roster.Problems.Select(p => p.ToString())]);
        Section(text, "Besides, of the roster", roster.Warnings);
        Section(text, "Usage rows that were refused", usage.Problems);
        Section(text, "Usage of people who are not on the roster", [.. usage.Unmapped.Order(StringComparer.Ordinal)]);
        Section(text, "Answer rows that cannot be read", [.. answerProblems.Select(p => p.ToString())]);
        Section(text, "Answers to what was not sent, or that came after the last date", [.. people.NotGiven.Select(a => $"line {a.Line}: {a.Email}, {a.Step}, {Words.Of(a.Answer)}")]);
        return text.ToString();
    }

    static void Section(StringBuilder text, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0) return;
        text.Append($"\n{title} ({lines.Count})\n");
        foreach (var line in lines) text.Append($"  {line}\n");
    }

    static int Count<T>(IEnumerable<T> rows, Func<T, bool> which) => rows.Count(which);

    static string Percent(double? share) => share is { } value ? $"{value * 100:F1} %" : "";
}
