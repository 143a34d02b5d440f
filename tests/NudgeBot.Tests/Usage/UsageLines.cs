using NudgeBot.Usage;

namespace NudgeBot.Tests.Usage;

static class UsageLines
{
    public static async Task<UsageLine[]> ReadAsync(UsageFormat format, string text)
    {
        using var file = new TextFile(text);
        return await UsageFile.ReadAsync(file.Path, format).ToArrayAsync();
    }

    public static async Task<UsageLine[]> ReadAsync(UsageFormat format, byte[] bytes)
    {
        using var file = new TextFile(bytes);
        return await UsageFile.ReadAsync(file.Path, format).ToArrayAsync();
    }

    /// <summary>E.g. <c>2 octo 2026-03-02</c>; with <c>-</c> where the row says no use; <c>3 !</c> and the column for one that is refused.</summary>
    public static string[] Short(this IEnumerable<UsageLine> lines) =>
        [.. lines.Select(line => line switch
        {
            UsageLine.Used used => $"{used.Line} {used.Row.Identity} {used.Row.Day:uuuu-MM-dd}",
            UsageLine.NotUsed notUsed => $"{notUsed.Line} - {notUsed.Day:uuuu-MM-dd}",
            UsageLine.Refused refused => $"{refused.Problem.Line} ! {refused.Problem.Column}".TrimEnd(),
            UsageLine.CompleteTo completeTo => $"to {completeTo.Day:uuuu-MM-dd}",
            _ => throw new InvalidOperationException(),
        })];
}
