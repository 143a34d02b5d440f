namespace NudgeBot.Retention;

/// <summary>
/// Which cells of one grouping and week may be shown: none with fewer than five at risk; and if the hidden ones together have one to four,
/// they could be told from the total, so the smallest shown one is hidden too, until they have five.
/// </summary>
static class SmallGroups
{
    public const int Least = 5;

    /// <summary>A figure that is no part of a total: shown if five or more people are behind it.</summary>
    public static Cell? Alone(Cell cell) => cell.AtRisk >= Least ? cell : null;

    /// <param name="cells">In value order, which breaks ties; null where nobody is at risk.</param>
    public static Cell?[] Hide(IReadOnlyList<Cell?> cells)
    {
        var shown = cells.Select(cell => cell is { AtRisk: >= Least } ? cell : null).ToArray();
        while (Hidden() is > 0 and < Least && Smallest() is { } index) shown[index] = null;
        return shown;

        int Hidden() => cells.Where((_, index) => shown[index] is null).Sum(cell => cell?.AtRisk ?? 0);

        int? Smallest() => Enumerable.Range(0, shown.Length).Where(index => shown[index] is not null)
            .OrderBy(index => shown[index]!.Value.AtRisk).Select(index => (int?)index).FirstOrDefault();
    }
}
