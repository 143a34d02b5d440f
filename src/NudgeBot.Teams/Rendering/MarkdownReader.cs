using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Parsers;
using Markdig.Syntax;

namespace NudgeBot.Teams.Rendering;

/// <summary>Markdown (CommonMark, and <c>~~strike~~</c>) as paragraphs. What cards have no form for (images, HTML, rules) becomes its words.</summary>
sealed class MarkdownReader
{
    static readonly MarkdownPipeline Pipeline = BuildPipeline();

    static readonly string[] Bullets = ["•", "◦", "▪"];

    /// <summary>A deep list of a hostile text must not push its words out of the card.</summary>
    const int Deepest = 4;

    readonly string source;
    readonly List<Paragraph> paragraphs = [];
    int readTo;
    bool gap = true;

    MarkdownReader(string markdown) => source = markdown;

    public static IReadOnlyList<Paragraph> Read(string markdown)
    {
        var clean = Chat.SafeText.Clean(markdown);
        try
        {
            return new MarkdownReader(clean).Read();
        }
        catch (ArgumentException)
        {
            // Markdig's word for quotes in quotes in quotes, a hundred and more: no text, so it is shown as it was written.
            return [new Paragraph([new TextPiece(clean.Trim(), TextStyle.None)], "", 0, StartsParagraph: true)];
        }
    }

    List<Paragraph> Read()
    {
        Add(Markdig.Markdown.Parse(source, Pipeline), "", "", depth: 0);
        return paragraphs;
    }

    /// <summary>No HTML, and no code by indentation: blanks are the one thing with a meaning that <c>Markdown.Escape</c> cannot take it from.</summary>
    static MarkdownPipeline BuildPipeline()
    {
        var builder = new MarkdownPipelineBuilder().DisableHtml().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough);
        builder.BlockParsers.TryRemove<IndentedCodeBlockParser>();
        return builder.Build();
    }

    /// <param name="first">Stands before the first paragraph, <paramref name="rest"/> before the others.</param>
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
            case ListBlock list: AddList(list, first.Trim().Length > 0 || rest.Length > 0 ? depth + 1 : depth); break;
            case QuoteBlock quote: Add(quote, "│", "│", depth); break;
            case CodeBlock code: AddParagraph([new TextPiece(PromptBox.Visible(code.Lines.ToString().TrimEnd('\n')), TextStyle.Code)], "", depth, isFenced: true); break;
            case ThematicBreakBlock: AddParagraph([new TextPiece("———", TextStyle.None)], first, depth); break;
            case LeafBlock { Inline: { } inline } leaf: AddParagraph(InlineReader.Pieces(inline, leaf is HeadingBlock ? TextStyle.Bold : TextStyle.None), first, depth); break;
            case ContainerBlock other: Add(other, first, rest, depth); break;
            default: break;
        }
    }

    void AddList(ListBlock list, int depth)
    {
        var number = int.TryParse(list.OrderedStart, out var start) ? start : 1;
        foreach (var item in list.OfType<ListItemBlock>())
            Add(item, list.IsOrdered ? $"{number++}." : Bullets[Math.Min(depth, Bullets.Length - 1)], rest: " ", depth);
    }

    /// <summary>An empty line stands where the source has one.</summary>
    void EndGap(SourceSpan span)
    {
        gap = paragraphs.Count == 0 || (span.Start > readTo && source.AsSpan(readTo, span.Start - readTo).Count('\n') > 1);
        readTo = Math.Max(readTo, span.End + 1);
    }

    void AddParagraph(IReadOnlyList<TextPiece> pieces, string bullet, int depth, bool isFenced = false)
    {
        if (Chat.SafeText.IsBlank(string.Concat(pieces.Select(piece => piece.Text)))) return;
        paragraphs.Add(new Paragraph(pieces, bullet, Math.Min(depth, Deepest), gap, isFenced));
        gap = false;
    }
}
