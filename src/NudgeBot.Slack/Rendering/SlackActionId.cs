namespace NudgeBot.Slack.Rendering;

/// <summary>
/// An action id may stand once in a block, and the product's may stand there several times (three prompts, three <c>command</c> buttons): a number
/// after it tells them apart, and is cut off when it comes back.
/// </summary>
static class SlackActionId
{
    public static string Of(string actionId, int number) => Limits.Within($"{actionId}#{number}", SlackLimits.Id, "An action id");

    /// <summary>What <see cref="Of"/> was given; an id without a number is one.</summary>
    public static string Parse(string written) => written.LastIndexOf('#') is var end and >= 0 ? written[..end] : written;
}
