namespace NudgeBot.Usage;

/// <summary>The files of use that can be imported; what is in them says usage-feeds.md.</summary>
public enum UsageFormat
{
    /// <summary>GitHub's Copilot usage metrics of users: NDJSON, an array, or documents with <c>user_totals[]</c>.</summary>
    GithubCopilot,

    /// <summary>GitHub's Copilot seats: who has a licence. No use is read from them.</summary>
    GithubSeats,

    /// <summary><c>email,day,tool,count[,sessions]</c></summary>
    Csv,
}
