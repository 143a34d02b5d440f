using System.Globalization;
using System.Text.Json.Nodes;
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
        return new JsonObject { ["type"] = "plain_text", ["text"] = IsBlank(cut) ? Nothing : cut, ["emoji"] = false };
    }

    /// <param name="mrkdwn">As <see cref="Mrkdwn"/> writes it.</param>
    /// <remarks><c>verbatim</c>: addresses, channel names and mentions in plain text stay plain text.</remarks>
    public static JsonObject Formatted(string mrkdwn) => new() { ["type"] = "mrkdwn", ["text"] = mrkdwn, ["verbatim"] = true };

    /// <summary>Nothing that anybody could see.</summary>
    public static bool IsBlank(string text) => text.All(c => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format);

    public static string Cut(string text, int longest) => Typography.Cut(Clean(text), longest);

    /// <summary>Without control characters other than the line's end, and without halves of pairs, which JSON cannot carry.</summary>
    public static string Clean(string text)
    {
        var lines = text.ReplaceLineEndings("\n");
        return string.Create(lines.Length, lines, static (clean, text) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                clean[i] = text[i] switch
                {
                    '\n' => '\n',
                    var c when char.IsControl(c) => ' ',
                    var c when char.IsHighSurrogate(c) && !(i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) => '\uFFFD',
                    var c when char.IsLowSurrogate(c) && !(i > 0 && char.IsHighSurrogate(text[i - 1])) => '\uFFFD',
                    var c => c,
                };
            }
        });
    }

    /// <summary>Pieces of at most so many units, none of which ends in half of a pair.</summary>
    public static IEnumerable<string> Chunks(string text, int longest)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = Math.Min(start + longest, text.Length);
            if (end < text.Length && char.IsHighSurrogate(text[end - 1])) end--;
            yield return text[start..end];
            start = end;
        }
    }
}
