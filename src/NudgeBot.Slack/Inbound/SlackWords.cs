using System.Text.RegularExpressions;
using NudgeBot.Chat;

namespace NudgeBot.Slack.Inbound;

/// <summary>What a person typed, as Slack sends it, and as they meant it: links, mentions and channels as words, escaped signs as themselves.</summary>
static partial class SlackWords
{
    public static string Decode(string sent) => Entities(Marked().Replace(sent, found => Readable(found.Groups["what"].Value, found.Groups["label"].Value)));

    /// <summary>Who is named in it, as <see cref="Decode"/> writes them; in order.</summary>
    public static IReadOnlyList<Mention> Mentions(string sent) =>
    [
        .. Marked().Matches(sent).Where(found => found.Groups["what"].Value[0] == '@').Select(found =>
            new Mention(Entities(Readable(found.Groups["what"].Value, found.Groups["label"].Value)), found.Groups["what"].Value[1..])),
    ];

    /// <summary>Without the bot's name at the beginning.</summary>
    public static string WithoutMention(string sent) => LeadingMention().Replace(sent, "", 1);

    static string Readable(string what, string label) => what[0] switch
    {
        '@' or '#' => label.Length > 0 ? $"{what[0]}{label.TrimStart('@', '#')}" : what,
        // <!here>, <!subteam^S1|@designers>, <!date^1392734382^{date}|18 February>.
        '!' when label.Length > 0 => label,
        '!' => $"@{what[1..].Split('^')[0]}",
        _ => Link(what, label),
    };

    /// <summary>A label that somebody chose says other than where it leads: both are kept. One that Slack made is what was typed.</summary>
    static string Link(string target, string label)
    {
        var address = target.StartsWith("mailto:") ? target["mailto:".Length..] : target;
        if (label.Length == 0) return address;
        return address.Contains(label) ? label : $"{label} ({address})";
    }

    static string Entities(string text) => text.Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&");

    [GeneratedRegex(@"<(?<what>[@#!a-z][^<>|\s]*)(\|(?<label>[^<>]*))?>", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Marked();

    [GeneratedRegex(@"^\s*<@[^<>]+>[\s:,]*", RegexOptions.ExplicitCapture)]
    private static partial Regex LeadingMention();
}
