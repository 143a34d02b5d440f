using System.Text.Json.Nodes;
using NudgeBot.Chat;

namespace NudgeBot.Slack.Sending;

/// <summary>A message as words alone, in blocks of Slack's.</summary>
static class PlainBlocks
{
    const int LongestSection = 3000;

    public static JsonArray Of(Message message) =>
    [
        .. PlainText.Of(message).Chunk(LongestSection)
            .Select(part => new JsonObject { ["type"] = "section", ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = new string(part) } }),
    ];

    /// <summary>For notifications and screen readers.</summary>
    public static string Summary(Message message) =>
        PlainText.Of(Message.Say(message.Summary)).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
