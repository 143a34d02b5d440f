namespace NudgeBot.Teams.Connector;

/// <summary>A token, or why there is none.</summary>
/// <param name="Value">Null beside <paramref name="Failed"/>. Null without it: the bot has no credential, and calls without a token.</param>
sealed record BotToken(string? Value, TeamsAnswer? Failed = null)
{
    /// <summary>Without the token: records print what they hold.</summary>
    public override string ToString() => nameof(BotToken);
}
