using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.Page;

/// <summary>
/// Slack's mrkdwn as HTML. Marks count only at the edges of words and within a line; what stands in <c>&lt;&gt;</c> is a link, a person, a channel or a
/// date; <c>&amp;amp;</c>, <c>&amp;lt;</c> and <c>&amp;gt;</c> are the only escapes. Everything else comes out as it was written.
/// </summary>
sealed partial class MrkdwnHtml(SlackWorld world)
{
    const string Fence = "```";

    public MarkupString Of(string mrkdwn)
    {
        var html = new StringBuilder();
        var parts = mrkdwn.Split(Fence);
        // A fence that is not closed is three marks.
        if (parts.Length % 2 == 0) parts = [.. parts[..^2], $"{parts[^2]}{Fence}{parts[^1]}"];
        for (var i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 1) html.Append($"<pre>{Code(parts[i].Trim('\n'))}</pre>");
            else Lines(i == 0 ? parts[i] : parts[i].TrimStart('\n'), html);
        }
        return new MarkupString(html.ToString());
    }

    /// <summary>Plain text: line ends, and emoji where it says so.</summary>
    public static MarkupString Plain(string text, bool emoji = true) => new(WebUtility.HtmlEncode(emoji ? Emoji.In(text) : text).Replace("\n", "<br>"));

    void Lines(string text, StringBuilder html)
    {
        var quoted = false;
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var quotes = lines[i].StartsWith("&gt;", StringComparison.Ordinal);
            if (quotes != quoted) html.Append(quotes ? "<blockquote>" : "</blockquote>");
            else if (i > 0) html.Append("<br>");
            quoted = quotes;
            html.Append(Line(quotes ? lines[i][4..].TrimStart(' ') : lines[i]));
        }
        if (quoted) html.Append("</blockquote>");
    }

    string Line(string text)
    {
        var html = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            var (end, made) = At(text, i);
            html.Append(made);
            i = end;
        }
        return html.ToString();
    }

    /// <summary>What begins here, and where it ends.</summary>
    (int End, string Html) At(string text, int i)
    {
        var letter = text[i];
        if (letter == '<' && text.IndexOf('>', i) is > 0 and var close) return (close + 1, Reference(text[(i + 1)..close]));
        if (letter == '`' && text.IndexOf('`', i + 1) is var tick && tick > i + 1) return (tick + 1, $"<code>{Code(text[(i + 1)..tick])}</code>");
        if (letter is '*' or '_' or '~' && Opens(text, i) && Closing(text, i) is { } end)
        {
            var tag = letter switch { '*' => "strong", '_' => "em", _ => "s" };
            return (end + 1, $"<{tag}>{Line(text[(i + 1)..end])}</{tag}>");
        }
        if (letter == ':' && Shortcode().Match(text, i) is { Success: true } code && Emoji.Of(code.Groups["name"].Value) is { } emoji) return (i + code.Length, emoji);
        if (letter == 'h' && (i == 0 || !char.IsLetterOrDigit(text[i - 1])) && Address().Match(text, i) is { Success: true } address)
            return (i + address.Length, Link(address.Value, null));
        if (letter == '&' && Escape().Match(text, i) is { Success: true } escape) return (i + escape.Length, escape.Value);
        // A letter outside the first plane is two units long.
        var length = char.IsSurrogatePair(text, i) ? 2 : 1;
        return (i + length, WebUtility.HtmlEncode(text.Substring(i, length)));
    }

    static bool Opens(string text, int i) =>
        (i == 0 || !char.IsLetterOrDigit(text[i - 1]) && text[i - 1] != text[i]) && i + 1 < text.Length && !char.IsWhiteSpace(text[i + 1]) && text[i + 1] != text[i];

    /// <summary>Code and references are whole: no mark within them closes one that is outside.</summary>
    static int? Closing(string text, int open)
    {
        for (var i = open + 1; i < text.Length; i++)
        {
            if (text[i] is '<' or '`' && text.IndexOf(text[i] == '<' ? '>' : '`', i + 1) is > 0 and var end) i = end;
            else if (text[i] == text[open] && !char.IsWhiteSpace(text[i - 1]) && (i + 1 == text.Length || !char.IsLetterOrDigit(text[i + 1]) && text[i + 1] != text[i])) return i;
        }
        return null;
    }

    string Reference(string inside)
    {
        var (target, label) = inside.Split('|', 2) is [var before, var after] ? (before, after) : (inside, null);
        return target switch
        {
            ['@', .. var user] => Mention($"@{(world.Users.GetValueOrDefault(user)?.RealName ?? label ?? user)}"),
            ['#', .. var channel] => Mention($"#{(world.Channels.GetValueOrDefault(channel)?.Name ?? label ?? channel)}"),
            "!here" or "!channel" or "!everyone" => Mention($"@{target[1..]}"),
            ['!', ..] => WebUtility.HtmlEncode(label ?? target),
            _ => Link(WebUtility.HtmlDecode(target), label),
        };
    }

    static string Mention(string name) => $"<span class=\"mention\">{WebUtility.HtmlEncode(name)}</span>";

    static string Link(string target, string? label)
    {
        var shown = Code(label ?? target);
        return Uri.TryCreate(target, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" or "mailto"
            ? $"<a href=\"{WebUtility.HtmlEncode(uri.AbsoluteUri)}\" target=\"_blank\" rel=\"noopener noreferrer\">{shown}</a>"
            : shown;
    }

    /// <summary>Without any meaning but that of the escapes. <c>&lt;url|label&gt;</c> is a label in code, too.</summary>
    static string Code(string text) => WebUtility.HtmlEncode(Bracketed().Replace(text, "${shown}").Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&"));

    [GeneratedRegex(@"\G:(?<name>[a-z0-9_+-]+):", RegexOptions.ExplicitCapture)]
    private static partial Regex Shortcode();

    [GeneratedRegex(@"\Ghttps?://[^\s<>|&]*[^\s<>|&.,;:!?)*_~]", RegexOptions.ExplicitCapture)]
    private static partial Regex Address();

    [GeneratedRegex(@"\G&(amp|lt|gt);", RegexOptions.ExplicitCapture)]
    private static partial Regex Escape();

    [GeneratedRegex(@"<(?:[^<>|]*\|)?(?<shown>[^<>|]*)>", RegexOptions.ExplicitCapture)]
    private static partial Regex Bracketed();
}
