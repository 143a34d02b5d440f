namespace NudgeBot.Slack.Rendering;

/// <summary>
/// A select has no value of its own as buttons have, so its payload is the id of its block, after a number: the ids of a message's blocks
/// differ, payloads need not.
/// </summary>
static class SelectPayload
{
    /// <param name="payload">At most 250 characters.</param>
    public static string BlockIdOf(string payload, int number) => Limits.Within($"{number}:{payload}", SlackLimits.Id, "A select's payload");

    public static string Parse(string blockId) => blockId[(blockId.IndexOf(':') + 1)..];
}
