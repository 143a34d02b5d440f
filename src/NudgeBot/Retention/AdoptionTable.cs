namespace NudgeBot.Retention;

/// <summary>Adoption, abandonment and use after nudges as tables of letters of one width.</summary>
static class AdoptionTable
{
    const int NameWidth = 32;

    public static string Of(AdoptionReport report) => Lines(
        Share("In week 4 on two dates or more", report.Adopted),
        $"{Figures.Name("  the mark of month 1", NameWidth)}{Figures.Percent(Adoption.Mark),6}",
        Share($"Within the last {RollingActivity.Dates} dates", report.Rolling),
        $"{Figures.Name("Active dates per active week", NameWidth)}{Figures.Mean(report.ActiveDatesPerActiveWeek),6}",
        $"{Figures.Name("Sessions per active date", NameWidth)}{Figures.Mean(report.SessionsPerActiveDate),6}");

    public static string OfAbandonment(AbandonmentReport report) => Lines(
        [
            $"Not abandoned ({Abandonment.Gap} dates without use) by",
            .. Abandonment.ReportedDays.Zip(report.Days, (day, at) =>
                $"{Figures.Name($"  day {day}", NameWidth)}{Figures.Percent(at?.Share),6}  {Figures.Range(at?.Interval)}"),
            $"{Figures.Name("  half have abandoned by day", NameWidth)}{report.MedianDay?.ToString() ?? "not reached or not known",6}",
        ]);

    public static string OfSteps(IReadOnlyList<StepFollowed> steps) => Lines(
        [
            $"Use within {AfterNudge.Dates} dates after a nudge",
            .. steps.Select(step => Share($"  {step.Step}", step.Used)),
        ]);

    static string Share(string name, Cell? cell) =>
        $"{Figures.Name(name, NameWidth)}{Figures.Percent(cell?.Share),6}  {Figures.Range(cell),-14}  {Figures.Counts(cell)}";

    static string Lines(params IEnumerable<string> lines) => string.Join('\n', lines.Select(line => line.TrimEnd()));
}
