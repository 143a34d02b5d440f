using System.Net;
using System.Text.RegularExpressions;
using NudgeBot.Chat;

namespace NudgeBot.Teams.Inbound;

/// <summary>What a person typed, as Teams sends it, and as they meant it: mentions as words, escaped signs as themselves.</summary>
static partial class TeamsWords
{
    static readonly char[] AfterAMention = [' ', '\t', '\n', ':', ','];

    /// <param name="ownMentions">How the bot is called in the text, by its entities: left out.</param>
    public static string Decode(string sent, params IReadOnlyCollection<string> ownMentions)
    {
        var text = ownMentions.Aggregate(sent, (text, mention) => text.Replace(mention, " ", StringComparison.Ordinal));
        text = WebUtility.HtmlDecode(Mention().Replace(text, "${name}")).Replace('\u00A0', ' ');
        text = SafeText.Clean(text).Trim();
        return ownMentions.Count > 0 ? text.TrimStart(AfterAMention) : text;
    }

    /// <summary>Somebody's message as its author formatted it: its words, lines apart.</summary>
    public static string OfHtml(string html) => Decode(Tag().Replace(LineEnd().Replace(Mention().Replace(html, "${name}"), "\n"), ""));

    [GeneratedRegex(@"<br\s*/?>|</(p|div|li|h\d|tr)>", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex LineEnd();

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex Tag();

    /// <summary>What somebody types in such signs comes escaped.</summary>
    [GeneratedRegex(@"<at(\s[^<>]*)?>(?<name>[^<>]*)</at>", RegexOptions.ExplicitCapture)]
    private static partial Regex Mention();
}
