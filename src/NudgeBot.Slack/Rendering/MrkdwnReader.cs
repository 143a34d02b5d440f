using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NudgeBot.Slack.Rendering;

/// <summary>Markdown as lines of Slack's. What Slack has no form for (images, HTML, rules) becomes its words.</summary>
sealed class MrkdwnReader
{
    /// <summary>As on the playground's page: no HTML, and a line's end is one.</summary>
    static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).Build();

    static readonly string[] Bullets = ["•", "◦", "▪"];

    readonly List<MrkdwnLine> lines = [];
    bool gap;

    public static IReadOnlyList<MrkdwnLine> Read(string markdown)
    {
        var reader = new MrkdwnReader();
        reader.Add(Markdig.Markdown.Parse(SlackText.Clean(markdown), Pipeline), first: "", rest: "", depth: 0, isTight: false);
        return reader.lines;
    }

    /// <param name="first">Stands before the first line, <paramref name="rest"/> before the others.</param>
    void Add(ContainerBlock container, string first, string rest, int depth, bool isTight)
    {
        foreach (var block in container)
        {
            Add(block, first, rest, depth);
            if (block is not LinkReferenceDefinitionGroup) first = rest;
            gap = !isTight;
        }
    }

    void Add(Block block, string first, string rest, int depth)
    {
        switch (block)
        {
            case ListBlock list: AddList(list, first, rest, depth); break;
            case QuoteBlock quote: Add(quote, $"{first}> ", $"{rest}> ", depth, isTight: false); break;
            case CodeBlock code: AddFence(code); break;
            case ThematicBreakBlock: AddLine(first, [new MrkdwnPiece("———", MrkdwnStyle.None)]); break;
            case LeafBlock { Inline: { } inline } leaf: AddText(inline, leaf is HeadingBlock ? MrkdwnStyle.Bold : MrkdwnStyle.None, first, rest); break;
            case ContainerBlock other: Add(other, first, rest, depth, isTight: false); break;
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
            Add(item, $"{first}{bullet} ", $"{rest}{indent}", depth + 1, isTight: !list.IsLoose);
            first = rest;
            gap = list.IsLoose;
        }
    }

    void AddFence(CodeBlock code)
    {
        var text = code.Lines.ToString().TrimEnd('\n');
        foreach (var line in text.Split('\n'))
        {
            lines.Add(new MrkdwnLine("", [.. SlackText.Chunks(line, MrkdwnInlines.LongestWord).Select(chunk => new MrkdwnPiece(MrkdwnEscape.Code(chunk), MrkdwnStyle.None))], gap, IsFenced: true));
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
        lines.Add(new MrkdwnLine(prefix.Length > 100 ? prefix[..100] : prefix, pieces, gap && lines.Count > 0));
        gap = false;
    }
}
