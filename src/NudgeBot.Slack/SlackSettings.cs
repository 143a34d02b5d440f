namespace NudgeBot.Slack;

/// <summary>How this program meets Slack. Secrets come from the environment and are never logged.</summary>
public sealed record SlackSettings
{
    /// <summary>Ends with a slash. Another one only for tests and for a Slack of one's own to look at.</summary>
    public Uri ApiUrl { get; init; } = new("https://slack.com/api/");

    /// <summary>The signing secret, and while it is being rotated the one before.</summary>
    public IReadOnlyList<string> SigningSecrets { get; init; } = [];

    /// <summary>One workspace by environment; null: workspaces install the app by OAuth.</summary>
    public string? BotToken { get; init; }

    /// <summary>For Socket Mode (<c>xapp-</c>); null: Slack calls this program.</summary>
    public string? AppToken { get; init; }

    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    /// <summary><c>NUDGEBOT_SLACK_MESSAGES_PER_MINUTE</c>: Slack publishes no limit for a workspace.</summary>
    public int MessagesPerMinute { get; init; } = WebApi.SlackMethod.ChatPostMessage.PerMinute;

    /// <summary><c>NUDGEBOT_SLACK_HISTORY_PER_MINUTE</c>: 1 for an app that is sold without being in Slack's Marketplace.</summary>
    public int HistoryPerMinute { get; init; } = WebApi.SlackMethod.ConversationsHistory.PerMinute;

    /// <summary>How many times Slack's published limits; above 1 only against a test server.</summary>
    public double LimitsTimes { get; init; } = 1;

    /// <summary>
    /// Slack's ids of the workspaces that may install the app by OAuth. An organization's first workspace, and one that it already has, need not be
    /// listed: Slack itself lets an app that is not distributed into no other.
    /// </summary>
    public IReadOnlyList<string> AllowedTeams { get; init; } = [];

    /// <summary>Workspaces can install the app by themselves.</summary>
    public bool HasOAuth => ClientId is not null && ClientSecret is not null;
}
