using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.Page;

/// <summary>A <c>rich_text</c> block as HTML: no mark in its texts means anything.</summary>
static class RichTextHtml
{
    public static MarkupString Of(JsonNode block, SlackWorld world) => new(string.Concat(Elements(block).Select(element => Part(element, world))));

    static string Part(JsonNode element, SlackWorld world)
    {
        var inside = string.Concat(Elements(element).Select(one => (string?)element["type"] == "rich_text_list" ? $"<li>{Part(one, world)}</li>" : Inline(one, world)));
        return (string?)element["type"] switch
        {
            "rich_text_preformatted" => $"<pre>{inside}</pre>",
            "rich_text_quote" => $"<blockquote>{inside.Replace("\n", "<br>")}</blockquote>",
            "rich_text_list" => (string?)element["style"] == "ordered" ? $"<ol>{inside}</ol>" : $"<ul>{inside}</ul>",
            _ => $"<span>{inside.Replace("\n", "<br>")}</span>",
        };
    }

    static string Inline(JsonNode element, SlackWorld world)
    {
        string Encoded(string? text) => WebUtility.HtmlEncode(text ?? "");
        var html = (string?)element["type"] switch
        {
            "link" => Uri.TryCreate((string?)element["url"], UriKind.Absolute, out var url) && url.Scheme is "https" or "http" or "mailto"
                ? $"<a href=\"{Encoded(url.AbsoluteUri)}\" target=\"_blank\" rel=\"noopener noreferrer\">{Encoded((string?)element["text"] ?? (string?)element["url"])}</a>"
                : Encoded((string?)element["text"] ?? (string?)element["url"]),
            "user" => $"<span class=\"mention\">@{Encoded(world.Users.GetValueOrDefault((string?)element["user_id"] ?? "")?.RealName)}</span>",
            "channel" => $"<span class=\"mention\">#{Encoded(world.Channels.GetValueOrDefault((string?)element["channel_id"] ?? "")?.Name)}</span>",
            "broadcast" => $"<span class=\"mention\">@{Encoded((string?)element["range"])}</span>",
            "emoji" => Encoded(Emoji.Of((string?)element["name"] ?? "") ?? $":{element["name"]}:"),
            _ => Encoded((string?)element["text"]),
        };
        foreach (var (style, tag) in ((string, string)[])[("bold", "strong"), ("italic", "em"), ("strike", "s"), ("code", "code")])
            if ((bool?)element["style"]?[style] == true)
                html = $"<{tag}>{html}</{tag}>";
        return html;
    }

    static IEnumerable<JsonNode> Elements(JsonNode node) => (node["elements"] as JsonArray ?? []).OfType<JsonNode>();
}
