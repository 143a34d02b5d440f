namespace NudgeBot.Guides;

/// <summary>A chore that a role complains about, with three ways to hand it to the tool.</summary>
/// <param name="Key">The file's name, kept as the person's answer.</param>
/// <param name="Label">As the welcome offers it; at most 75 characters, which is what an option may have.</param>
/// <param name="Order">Its place among the role's chores.</param>
/// <param name="Better">For somebody who tried, and it was not useful.</param>
/// <param name="Smallest">For somebody who has not begun.</param>
/// <param name="FiveMinutes">For somebody who stopped.</param>
public sealed record ChoreText(string Key, string Label, int Order, PromptText Better, PromptText Smallest, PromptText FiveMinutes);

/// <param name="Prompt">To be copied as it is: not Markdown.</param>
public sealed record PromptText(string Markdown, string Prompt);
