namespace NudgeBot.Slack.Rendering;

/// <summary>What the program itself writes, such as ids, cannot be cut: too long is a mistake, to be found by a test and not by Slack.</summary>
static class Limits
{
    public static string Within(string written, int longest, string what) => written.Length <= longest
        ? written
        : throw new InvalidOperationException($"{what} of {written.Length} characters: Slack takes {longest}. It begins with '{SlackText.Cut(written, 40)}'.");
}
