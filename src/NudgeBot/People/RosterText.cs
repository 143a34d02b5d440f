using NudgeBot.Chat;

namespace NudgeBot.People;

/// <summary>What an import did, in words: how many, then what is wrong, line by line.</summary>
public static class RosterText
{
    /// <summary>What somebody mends in one go. The rest is found the next time.</summary>
    const int MostLines = 100;

    public static Message Of(RosterReport report)
    {
        var blocks = new List<Block> { new Block.Text(Counts(report)) };
        blocks.AddRange(report.Warnings.Select(warning => new Block.Context(Markdown.Escape($"Note: {warning}"))));
        if (report.Problems.Count > 0) blocks.Add(Lines([.. report.Problems.Select(problem => problem.ToString())]));
        if (report.Absentees is { } absentees)
        {
            blocks.Add(new Block.Text(Of(absentees, AbsenceLists.NotYet)));
            if (absentees.NotMarkedBecause is not null) blocks.Add(Lines([.. absentees.Emails]));
        }
        return new Message(blocks);
    }

    public static string Counts(RosterReport report)
    {
        var counts = $"{report.Added} added, {report.Changed} changed, {report.Unchanged} unchanged, {report.Refused} refused.";
        return report.Moved.Count == 0 ? counts : $"{counts} {report.Moved.Count} moved to another zone or country; their next messages are planned anew.";
    }

    /// <param name="again">How they are marked as having left.</param>
    public static string Of(Absentees absentees, string again) =>
        absentees.People.Count == 0 ? "Everybody known is in the file."
        : absentees.MarkedAsLeft ? $"{absentees.People.Count} are not in the file and have left, as of today:"
        : $"{absentees.People.Count} are not in the file. {absentees.NotMarkedBecause ?? again}";

    static Block.Prompt Lines(IReadOnlyList<string> lines) =>
        new(string.Join('\n', lines.Count <= MostLines ? lines : lines.Take(MostLines).Append($"... and {lines.Count - MostLines} more.")));
}
