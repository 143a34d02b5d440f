using NudgeBot.Files;

namespace NudgeBot.Usage;

/// <summary>Reads a file of use row by row, however large. A row that cannot be read is reported and the next one read.</summary>
public static class UsageFile
{
    /// <exception cref="UnreadableFileException">There is no such file, or not with the columns of its format.</exception>
    public static IAsyncEnumerable<UsageLine> ReadAsync(string path, UsageFormat format, CancellationToken stop = default)
    {
        if (!File.Exists(path)) throw new UnreadableFileException(path, "there is no such file.");
        return format switch
        {
            UsageFormat.GithubCopilot => CopilotUsage.ReadAsync(path, stop),
            UsageFormat.Csv => UsageCsv.Read(path).ToAsyncEnumerable(),
            UsageFormat.GithubSeats => throw new ArgumentException("Seats are licences, not use.", nameof(format)),
        };
    }

    /// <summary>For whoever brought a file of which nothing could be read.</summary>
    public static string Expected(UsageFormat format) => format switch
    {
        UsageFormat.GithubCopilot => "Expected: the files behind download_links of GitHub's Copilot usage metrics (users-1-day or users-28-day): "
            + """one JSON object a line, like {"day":"2026-03-02","user_login":"octocat","code_generation_activity_count":3,"used_chat":true}.""",
        UsageFormat.GithubSeats => "Expected: the answer of GitHub's list of Copilot seats: "
            + """{"total_seats":1,"seats":[{"created_at":"2026-03-02T09:00:00Z","assignee":{"login":"octocat"}}]}.""",
        UsageFormat.Csv => "Expected: email,day,tool,count[,sessions] in the first line, then rows like anna@example.com,2026-03-02,copilot,12.",
    };
}
