namespace NudgeBot.Chat;

/// <summary>Somebody whom a line names by the platform's own means.</summary>
/// <param name="Text">As it stands in the line.</param>
/// <param name="Account">The platform's id of the account.</param>
public sealed record Mention(string Text, string Account);
