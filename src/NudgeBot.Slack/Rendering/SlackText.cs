using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Commands;

namespace NudgeBot.Slack.Rendering;

/// <summary>Slack's text objects.</summary>
static class SlackText
{
    /// <summary>Shown where a text may not be empty and is.</summary>
    const string Nothing = "…";

    /// <summary>No formatting and no mentions. Without <c>emoji</c>, <c>:word:</c> stays what it is as well.</summary>
    public static JsonObject Plain(string text, int longest)
    {
        var cut = Cut(text, longest);
        return new JsonObject { ["type"] = "plain_text", ["text"] = SafeText.IsBlank(cut) ? Nothing : cut, ["emoji"] = false };
    }

    /// <param name="mrkdwn">As <see cref="Mrkdwn"/> writes it.</param>
    /// <remarks><c>verbatim</c>: addresses, channel names and mentions in plain text stay plain text.</remarks>
    public static JsonObject Formatted(string mrkdwn) => new() { ["type"] = "mrkdwn", ["text"] = mrkdwn, ["verbatim"] = true };

    public static string Cut(string text, int longest) => Typography.Cut(SafeText.Clean(text), longest);
}
