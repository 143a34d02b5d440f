using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;

namespace NudgeBot.Web.Playground;

/// <summary>A message's Markdown for a page: no HTML of its own, and only links that lead to the web or to somebody's mail.</summary>
static class MarkdownHtml
{
    static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseSoftlineBreakAsHardlineBreak().Build();

    public static MarkupString Of(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            if (IsSafe(link.Url) && !link.IsImage)
            {
                var attributes = link.GetAttributes();
                attributes.AddProperty("target", "_blank");
                attributes.AddProperty("rel", "noopener noreferrer");
            }
            else
            {
                link.Url = null;
                link.IsImage = false;
                link.ReplaceBy(Bare(link));
            }
        }
        // Autolinks can name any scheme; nothing of ours writes them.
        foreach (var link in document.Descendants<AutolinkInline>().ToList()) link.ReplaceBy(new LiteralInline(link.Url));
        return new MarkupString(document.ToHtml(Pipeline));
    }

    static bool IsSafe(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" or "mailto";

    /// <summary>The words of a link without the link.</summary>
    static ContainerInline Bare(LinkInline link)
    {
        var words = new ContainerInline();
        while (link.FirstChild is { } child)
        {
            child.Remove();
            words.AppendChild(child);
        }
        return words;
    }
}
