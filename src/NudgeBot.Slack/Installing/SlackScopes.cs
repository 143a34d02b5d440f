namespace NudgeBot.Slack.Installing;

/// <summary>What the bot may do in a workspace: no more than it needs. Each is explained in docs/install-slack.md, and in the manifests are the same.</summary>
public static class SlackScopes
{
    public static readonly IReadOnlyList<string> Bot =
        ["app_mentions:read", "chat:write", "commands", "files:read", "im:history", "im:write", "users:read", "users:read.email"];

    /// <param name="granted">As Slack lists them, with commas between.</param>
    public static IReadOnlyList<string> MissingFrom(string granted) => [.. Bot.Except(granted.Split(',', StringSplitOptions.TrimEntries))];
}
