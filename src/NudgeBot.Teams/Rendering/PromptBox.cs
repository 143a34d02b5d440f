using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NudgeBot.Chat;
using NudgeBot.Conversations;

namespace NudgeBot.Teams.Rendering;

/// <summary>
/// A prompt or a table, to the letter. Teams' own <c>CodeBlock</c> is not known to phones, and elsewhere it could not be selected (microsoft/teams.ts
/// #234); so there is a text to read, and behind a button the same in a field, whose content every client copies as it is.
/// </summary>
static partial class PromptBox
{
    /// <summary>As long as the longest prompt that people can post: it stays one box.</summary>
    const int Longest = 4000;

    /// <param name="withCopy">With the field to copy from, which takes as much room again.</param>
    public static IEnumerable<JsonObject> Of(string content, string locale, int number, bool withCopy) =>
        LineChunks.Of(Exact(content), Longest).Where(chunk => !SafeText.IsBlank(chunk)).Select((chunk, part) => withCopy
            ? RichText.Boxed([RichText.Monospaced(Visible(chunk)), .. Copy(chunk, locale, $"prompt-{number}-{part}")])
            : RichText.Boxed(RichText.Monospaced(Visible(chunk))));

    static JsonObject[] Copy(string text, string locale, string id) =>
    [
        ActionRows.Single(new JsonObject
        {
            ["type"] = "Action.ToggleVisibility",
            ["title"] = Phrases.Say(locale, "prompt-copy"),
            ["targetElements"] = new JsonArray(id),
        }),
        new JsonObject
        {
            ["type"] = "Input.Text",
            ["id"] = id,
            ["isVisible"] = false,
            ["isMultiline"] = true,
            ["label"] = Phrases.Say(locale, "prompt-copy-how"),
            ["value"] = text,
        },
    ];

    /// <summary>Tabs stay, unlike in other texts.</summary>
    static string Exact(string content) => string.Join('\t', content.Split('\t').Select(SafeText.Clean)).Trim('\n');

    /// <summary>Blanks that a page would swallow are of the kind that it keeps, which browsers copy as plain ones.</summary>
    public static string Visible(string text) => Swallowed().Replace(text.Replace("\t", "    "), "\u00A0");

    [GeneratedRegex(@"(?<=^|\n| ) | (?=\n|$)")]
    private static partial Regex Swallowed();
}
