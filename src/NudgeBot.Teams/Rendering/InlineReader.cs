using Markdig.Syntax.Inlines;
using NudgeBot.Chat;

namespace NudgeBot.Teams.Rendering;

/// <summary>The inside of a paragraph as pieces of one style each.</summary>
sealed class InlineReader
{
    const int LongestUrl = 1000;
    const string SlashCommand = "/nudge ";

    readonly List<TextPiece> pieces = [];

    public static IReadOnlyList<TextPiece> Pieces(ContainerInline inline, TextStyle style)
    {
        var reader = new InlineReader();
        reader.Add(inline, style, url: null);
        return reader.pieces;
    }

    void Add(ContainerInline container, TextStyle style, string? url)
    {
        foreach (var inline in container) Add(inline, style, url);
    }

    void Add(Inline inline, TextStyle style, string? url)
    {
        switch (inline)
        {
            case LiteralInline text: Add(text.Content.ToString(), style, url); break;
            case HtmlEntityInline entity: Add(OneLine(entity.Transcoded.ToString()), style, url); break;
            case CodeInline code: Add(OneLine(AsTyped(code.Content)), style | TextStyle.Code, url); break;
            case LineBreakInline: Add("\n", style, url); break;
            case EmphasisInline emphasis: Add(emphasis, style | StyleOf(emphasis), url); break;
            case LinkInline { IsImage: false, FirstChild: null, Url: { } bare }: Add(OneLine(bare), style, Safe(bare)); break;
            case LinkInline { IsImage: false } link: Add(link, style, Safe(link.Url)); break;
            case AutolinkInline auto: Add(auto.Url, style, Safe(auto.IsEmail ? $"mailto:{auto.Url}" : auto.Url)); break;
            case ContainerInline other: Add(other, style, url); break;
            default: break;
        }
    }

    /// <summary>Slash commands are Slack's: here a command is typed as it is.</summary>
    static string AsTyped(string code) => code.StartsWith(SlashCommand, StringComparison.Ordinal) ? code[SlashCommand.Length..] : code;

    static TextStyle StyleOf(EmphasisInline emphasis) => emphasis switch
    {
        { DelimiterChar: '~' } => TextStyle.Strike,
        { DelimiterCount: 2 } => TextStyle.Bold,
        _ => TextStyle.Italic,
    };

    /// <returns>Null where it may not be a link, or is too long for one: its words then stand for themselves.</returns>
    static string? Safe(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" or "mailto" && uri.AbsoluteUri.Length <= LongestUrl ? uri.AbsoluteUri : null;

    /// <summary>An entity may have brought what is not allowed in a text.</summary>
    static string OneLine(string text) => SafeText.Clean(text).Replace('\n', ' ');

    /// <summary>What was escaped comes as a literal of its own: only together they are words.</summary>
    void Add(string text, TextStyle style, string? url)
    {
        if (text.Length == 0) return;
        if (pieces.Count > 0 && pieces[^1].Style == style && pieces[^1].Url == url) pieces[^1] = pieces[^1] with { Text = pieces[^1].Text + text };
        else pieces.Add(new TextPiece(text, style, url));
    }
}
