using NodaTime;
using NodaTime.Text;
using NudgeBot.Chat;

namespace NudgeBot.Retention;

/// <summary>Retention and adoption as people read them: a message for chat and terminal, and lines of CSV.</summary>
public static class RetentionText
{
    public const string CsvHeader = "group,value,week,at_risk,active,share,low,high";

    /// <summary>Figures stand in preformatted blocks, at most 76 columns wide: the terminal indents them by four.</summary>
    public static Message Of(RetentionReport retention, AdoptionReport adoption)
    {
        var blocks = new List<Block> { new Block.Text(Heading(retention)) };
        foreach (var group in retention.Rows.GroupBy(row => row.Grouping))
        {
            if (group.Key == Grouping.All) blocks.Add(new Block.Prompt(RetentionTable.OfTotal(group.First())));
            else blocks.AddRange(RetentionTable.OfGroups(group.Key, [.. group]).Select(table => new Block.Prompt(table)));
        }
        blocks.Add(new Block.Text("**Adoption**"));
        blocks.Add(new Block.Prompt(AdoptionTable.Of(adoption)));
        if (adoption.Abandonment is { } abandonment) blocks.Add(new Block.Prompt(AdoptionTable.OfAbandonment(abandonment)));
        if (adoption.AfterNudge.Count > 0) blocks.Add(new Block.Prompt(AdoptionTable.OfSteps(adoption.AfterNudge)));
        blocks.Add(new Block.Context(
            $"A dash means: not known yet, fewer than {SmallGroups.Least} people, or hidden because a group that small could be worked out from it.\n"
            + "Intervals are 95 %. Use after a nudge is not use because of it."));
        return new Message(blocks);
    }

    public static string Heading(RetentionReport report) => $"**Retention, week by week after day 0**\n{From(report.Source, report.CompleteTo)}";

    /// <summary>Without header. A row for each group and week; its figures are empty where the cell is hidden.</summary>
    public static IEnumerable<string> CsvLines(RetentionReport report) =>
        from row in report.Rows
        from week in Enumerable.Range(1, row.Weeks.Count)
        select Csv.Line([Words.Of(row.Grouping), row.Value, week.ToString(), .. CsvFields(row.Weeks[week - 1])]);

    static string[] CsvFields(Cell? shown)
    {
        if (shown is not { } cell) return ["", "", "", "", ""];
        var (low, high) = Wilson.Interval(cell.Active, cell.AtRisk);
        return [cell.AtRisk.ToString(), cell.Active.ToString(), cell.Share.ToString("F6"), low.ToString("F6"), high.ToString("F6")];
    }

    static string From(UsageSource source, LocalDate? completeTo)
    {
        var to = completeTo is { } date ? $" to {LocalDatePattern.Iso.Format(date)}" : "";
        return source switch
        {
            UsageSource.Telemetry => $"From telemetry, which is complete{to}.",
            UsageSource.Self => $"From what people reported themselves{to}: there is no usage feed of this tool.",
        };
    }
}
