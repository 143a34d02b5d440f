namespace NudgeBot.Commands;

/// <param name="Word">What takes the place of the word at the cursor.</param>
public sealed record Suggestion(string Word, string Description);
