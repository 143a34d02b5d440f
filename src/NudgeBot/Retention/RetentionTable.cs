namespace NudgeBot.Retention;

/// <summary>Retention as tables of letters of one width: the total with a line a week, groups with a line each and a column a week.</summary>
static class RetentionTable
{
    const int NameWidth = 24, WeekWidth = 6, WeeksAcross = 8;

    /// <summary>Chat platforms take about 3,000 letters a block.</summary>
    const int MostLines = 36;

    public static string OfTotal(RetentionRow total) => string.Join('\n', [
        $"{"Week",4}{"At risk",12}{"Active",12}{"Share",10}   95 % interval",
        .. total.Weeks.Select((cell, index) => Line(index + 1, cell).TrimEnd()),
    ]);

    static string Line(int week, Cell? cell) =>
        $"{week,4}{cell?.AtRisk.ToString() ?? "",12}{cell?.Active.ToString() ?? "",12}{Figures.Percent(cell?.Share),10}   {Figures.Range(cell)}";

    /// <summary>As many tables as it takes.</summary>
    public static IEnumerable<string> OfGroups(Grouping grouping, IReadOnlyList<RetentionRow> rows) =>
        from first in Enumerable.Range(1, rows[0].Weeks.Count).Where(week => (week - 1) % WeeksAcross == 0)
        let weeks = Enumerable.Range(first, Math.Min(WeeksAcross, rows[0].Weeks.Count - first + 1)).ToList()
        from part in rows.SelectMany(row => Lines(row, weeks)).Chunk(MostLines - 1)
        select string.Join('\n', part.Prepend(Header(grouping, weeks)));

    static string Header(Grouping grouping, IEnumerable<int> weeks)
    {
        var name = Words.Of(grouping);
        return Line($"{char.ToUpperInvariant(name[0])}{name[1..]}, share in week", weeks.Select(week => week.ToString()));
    }

    static IEnumerable<string> Lines(RetentionRow row, IReadOnlyList<int> weeks)
    {
        yield return Line(row.Value.Length > 0 ? row.Value : "(none)", weeks.Select(week => Figures.Percent(row.Weeks[week - 1]?.Share)));
        if (row is { Grouping: Grouping.Entry, Value: "new" } && weeks.Any(week => ReferenceCurve.ShareIn(week) is not null))
            yield return Line("  reference, no nudges", weeks.Select(week => ReferenceCurve.ShareIn(week) is { } share ? Figures.Percent(share) : ""));
    }

    static string Line(string name, IEnumerable<string> cells) =>
        (Figures.Name(name, NameWidth) + string.Concat(cells.Select(cell => cell.PadLeft(WeekWidth)))).TrimEnd();
}
