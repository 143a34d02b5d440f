using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NudgeBot.Slack.Rendering;

/// <summary>Markdown as lines of Slack's. What Slack has no form for (images, HTML, rules) becomes its words.</summary>
sealed class MrkdwnReader
{
    static readonly MarkdownPipeline Pipeline = BuildPipeline();

    static readonly string[] Bullets = ["•", "◦", "▪"];

    readonly string source;
    readonly List<MrkdwnLine> lines = [];
    int readTo;
    bool gap;

    MrkdwnReader(string markdown) => source = markdown;

    public static IReadOnlyList<MrkdwnLine> Read(string markdown)
    {
        try
        {
            return new MrkdwnReader(Chat.SafeText.Clean(markdown)).Read();
        }
        catch (ArgumentException)
        {
            // Markdig's word for quotes in quotes in quotes, a hundred and more: no text, so it is shown as it was written.
            return new MrkdwnReader(Chat.Markdown.Escape(Chat.SafeText.Clean(markdown))).Read();
        }
    }

    List<MrkdwnLine> Read()
    {
        Add(Markdig.Markdown.Parse(source, Pipeline), first: "", rest: "", depth: 0);
        return lines;
    }

    /// <summary>No HTML, and no code by indentation: blanks are the one thing with a meaning that <c>Markdown.Escape</c> cannot take it from.</summary>
    static MarkdownPipeline BuildPipeline()
    {
        var builder = new MarkdownPipelineBuilder().DisableHtml().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough);
        builder.BlockParsers.TryRemove<IndentedCodeBlockParser>();
        return builder.Build();
    }

    /// <param name="first">Stands before the first line, <paramref name="rest"/> before the others.</param>
    void Add(ContainerBlock container, string first, string rest, int depth)
    {
        foreach (var block in container)
        {
            Add(block, first, rest, depth);
            if (block is not LinkReferenceDefinitionGroup) first = rest;
        }
    }

    void Add(Block block, string first, string rest, int depth)
    {
        if (block is LeafBlock) EndGap(block.Span);
        switch (block)
        {
            case ListBlock list: AddList(list, first, rest, depth); break;
            case QuoteBlock quote: Add(quote, $"{first}> ", $"{rest}> ", depth); break;
            case CodeBlock code: AddFence(code); break;
            case ThematicBreakBlock: AddLine(first, [new MrkdwnPiece("———", MrkdwnStyle.None)]); break;
            case LeafBlock { Inline: { } inline } leaf: AddText(inline, leaf is HeadingBlock ? MrkdwnStyle.Bold : MrkdwnStyle.None, first, rest); break;
            case ContainerBlock other: Add(other, first, rest, depth); break;
            default: break;
        }
    }

    void AddList(ListBlock list, string first, string rest, int depth)
    {
        var number = int.TryParse(list.OrderedStart, out var start) ? start : 1;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            var bullet = list.IsOrdered ? $"{number++}." : Bullets[Math.Min(depth, Bullets.Length - 1)];
            // A deep list of a hostile text must not become a prefix without end.
            var indent = depth < 8 ? "    " : "";
            Add(item, $"{first}{bullet} ", $"{rest}{indent}", depth + 1);
            first = rest;
        }
    }

    /// <summary>An empty line stands where the source has one.</summary>
    void EndGap(SourceSpan span)
    {
        gap = lines.Count > 0 && span.Start > readTo && source.AsSpan(readTo, span.Start - readTo).Count('\n') > 1;
        readTo = Math.Max(readTo, span.End + 1);
    }

    void AddFence(CodeBlock code)
    {
        var text = code.Lines.ToString().TrimEnd('\n');
        foreach (var line in text.Split('\n'))
        {
            lines.Add(new MrkdwnLine("", [.. Chat.SafeText.Chunks(line, MrkdwnInlines.LongestWord).Select(chunk => new MrkdwnPiece(MrkdwnEscape.Code(chunk), MrkdwnStyle.None))], gap, IsFenced: true));
            gap = false;
        }
    }

    void AddText(ContainerInline inline, MrkdwnStyle style, string first, string rest)
    {
        foreach (var line in MrkdwnInlines.Lines(inline, style))
        {
            AddLine(first, line);
            first = rest;
            gap = false;
        }
    }

    void AddLine(string prefix, IReadOnlyList<MrkdwnPiece> pieces)
    {
        lines.Add(new MrkdwnLine(prefix.Length > 100 ? prefix[..100] : prefix, pieces, gap));
        gap = false;
    }
}
