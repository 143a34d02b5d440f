using System.Text;
using Markdig.Syntax.Inlines;
using NudgeBot.Chat;

namespace NudgeBot.Slack.Rendering;

/// <summary>The inside of a paragraph as lines of pieces.</summary>
sealed class MrkdwnInlines
{
    /// <summary>Longer words and code spans are cut: five times as much, for entities, still fits into every text.</summary>
    public const int LongestWord = 300;

    readonly List<List<MrkdwnPiece>> lines = [[]];
    readonly StringBuilder literal = new();
    MrkdwnStyle literalStyle;

    public static IEnumerable<IReadOnlyList<MrkdwnPiece>> Lines(ContainerInline inline, MrkdwnStyle style)
    {
        var inlines = new MrkdwnInlines();
        inlines.Add(inline, style);
        inlines.EndLiteral();
        return inlines.lines;
    }

    void Add(ContainerInline container, MrkdwnStyle style)
    {
        foreach (var inline in container) Add(inline, style);
    }

    void Add(Inline inline, MrkdwnStyle style)
    {
        switch (inline)
        {
            case LiteralInline text: AddLiteral(text.Content.ToString(), style); break;
            case HtmlEntityInline entity: AddLiteral(entity.Transcoded.ToString(), style); break;
            case CodeInline code: AddCode(code.Content); break;
            case LineBreakInline: EndLine(); break;
            case EmphasisInline emphasis: Add(emphasis, style | StyleOf(emphasis)); break;
            case LinkInline { IsImage: false, Url: { } url } link when MrkdwnLink.Of(url, OneLine(TextOf(link))) is { } mrkdwn: AddPiece(mrkdwn, style); break;
            case AutolinkInline auto: AddAutolink(auto, style); break;
            case ContainerInline other: Add(other, style); break;
            default: break;
        }
    }

    static MrkdwnStyle StyleOf(EmphasisInline emphasis) => emphasis switch
    {
        { DelimiterChar: '~' } => MrkdwnStyle.Strike,
        { DelimiterCount: 2 } => MrkdwnStyle.Bold,
        _ => MrkdwnStyle.Italic,
    };

    void AddAutolink(AutolinkInline auto, MrkdwnStyle style)
    {
        if (MrkdwnLink.Of(auto.IsEmail ? $"mailto:{auto.Url}" : auto.Url, auto.Url) is { } mrkdwn) AddPiece(mrkdwn, style);
        else AddLiteral(auto.Url, style);
    }

    /// <summary>An entity may have brought what is not allowed in a text.</summary>
    static string OneLine(string text) => SafeText.Clean(text).Replace('\n', ' ');

    static string TextOf(ContainerInline container) => string.Concat(container.Select(inline => inline switch
    {
        LiteralInline text => text.Content.ToString(),
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        CodeInline code => code.Content,
        LineBreakInline => " ",
        ContainerInline inner => TextOf(inner),
        _ => "",
    }));

    void AddPiece(string mrkdwn, MrkdwnStyle style)
    {
        EndLiteral();
        lines[^1].Add(new MrkdwnPiece(mrkdwn, style));
    }

    void AddCode(string code)
    {
        EndLiteral();
        if (string.IsNullOrWhiteSpace(code)) return;
        foreach (var chunk in SafeText.Chunks(OneLine(code), LongestWord)) lines[^1].Add(new MrkdwnPiece(MrkdwnEscape.Code(chunk), MrkdwnStyle.Code));
    }

    void EndLine()
    {
        EndLiteral();
        lines.Add([]);
    }

    /// <summary>What was escaped comes as a literal of its own: only together they are words.</summary>
    void AddLiteral(string text, MrkdwnStyle style)
    {
        if (style != literalStyle) EndLiteral();
        literalStyle = style;
        literal.Append(OneLine(text));
    }

    void EndLiteral()
    {
        var text = literal.ToString();
        literal.Clear();
        for (var start = 0; start < text.Length;)
        {
            var end = start + 1;
            while (end < text.Length && char.IsWhiteSpace(text[end]) == char.IsWhiteSpace(text[start])) end++;
            var word = text[start..end];
            foreach (var (number, chunk) in SafeText.Chunks(word, LongestWord).Index())
            {
                // The parts are escaped one by one: an emoji's name must not come about where two meet.
                var seam = number > 0 && word.Contains(':') ? $"{MrkdwnEscape.ZeroWidth}" : "";
                lines[^1].Add(new MrkdwnPiece(seam + MrkdwnEscape.Literal(chunk, insideMarks: literalStyle != MrkdwnStyle.None), literalStyle));
            }
            start = end;
        }
    }
}
