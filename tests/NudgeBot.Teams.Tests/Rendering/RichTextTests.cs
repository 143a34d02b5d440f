using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Teams.Rendering;

namespace NudgeBot.Teams.Tests.Rendering;

public class RichTextTests
{
    [Theory]
    [InlineData("**bold** *italic* _italic_ ~~gone~~ `code`", "{b:bold} {i:italic} {i:italic} {s:gone} {c:code}")]
    [InlineData("***both***", "{bi:both}")]
    [InlineData("**a *b* c**", "{b:a }{bi:b}{b: c}")]
    [InlineData("**Never paste:**\n- keys\n- names", "{b:Never paste:} / •| keys / •| names")]
    [InlineData("# Heading\ntext", "{b:Heading} / text")]
    [InlineData("one  \ntwo\\\nthree\nfour", "one\ntwo\nthree\nfour")]
    [InlineData("one\n\ntwo", "one // two")]
    [InlineData("- a\n- b\n  - c\n    - d\n- e", "•| a / •| b / ◦| c / ▪| d / •| e")]
    [InlineData("3. a\n4. b", "3.| a / 4.| b")]
    [InlineData("- a\n\n  more\n- b", "•| a //  | more / •| b")]
    [InlineData("> said\n> again", "│| said\nagain")]
    [InlineData("```\nif (a < b) `x`\n```\nafter", "[{c:if (a < b) `x`}] / after")]
    [InlineData("```\nif x:\n    y  = 1\n```", "[{c:if x:\n\u00A0\u00A0\u00A0\u00A0y \u00A0= 1}]")]
    [InlineData("[words](https://example.com/?a=1&b=2)", "{https://example.com/?a=1&b=2:words}")]
    [InlineData("**[words](https://example.com/)**", "{b https://example.com/:words}")]
    [InlineData("<https://example.com/a>", "{https://example.com/a:https://example.com/a}")]
    [InlineData("[](https://example.com/)", "{https://example.com/:https://example.com/}")]
    [InlineData("[go](javascript:alert(1)) [or](/there) [out](msteams://open)", "go or out")]
    [InlineData("![picture](https://example.com/a.png)", "picture")]
    [InlineData("<at>Anna</at> &lt;at&gt;", "<at>Anna</at> <at>")]
    [InlineData("on {{DATE(2026-03-09T10:00:00Z)}}", "on {¦{DATE(2026-03-09T10:00:00Z)}}")]
    [InlineData("---", "———")]
    [InlineData(" \n ", "")]
    public void Says_in_runs(string markdown, string runs) => Seen(markdown).ShouldBe(runs);

    [Theory]
    [InlineData("<at>Anna</at> @here [bank](https://evil.example) ![x](https://evil.example)")]
    [InlineData("*a* _b_ ~~c~~ `d` **e** __f__ \\*g\\*")]
    [InlineData("AT&T &lt; &#35; <b>x</b>")]
    [InlineData("https://example.com/a_b snake_case 2*3")]
    [InlineData("- no list")]
    [InlineData("1. nor this")]
    [InlineData("# nor a heading")]
    [InlineData("> nor a quote")]
    public void What_somebody_typed_stays_what_they_typed(string typed) => Seen(Markdown.Escape(typed)).ShouldBe(typed);

    /// <summary>Elements after <c>/</c>, paragraphs after <c>//</c>, bullets before <c>|</c>, boxes in brackets, runs in braces with what is special about them, <c>¦</c> between plain ones.</summary>
    static string Seen(string markdown) =>
        string.Concat(RichText.Of(markdown).Select((element, number) => (number == 0 ? "" : (string?)element["spacing"] == "Small" ? " / " : " // ") + Seen(element)));

    static string Seen(JsonObject element) => (string)element["type"]! switch
    {
        "ColumnSet" => $"{Seen(element["columns"]![0]!["items"]![0]!.AsObject())}| {Seen(element["columns"]![1]!["items"]![0]!.AsObject())}",
        "Container" => $"[{Seen(element["items"]![0]!.AsObject())}]",
        _ => string.Concat(element["inlines"]!.AsArray().Select((run, number) => Run(run!, number > 0 && IsPlain(run!) && IsPlain(element["inlines"]![number - 1]!)))),
    };

    static bool IsPlain(JsonNode run) => run.AsObject().Count == 2;

    static string Run(JsonNode run, bool isBroken)
    {
        var special = string.Concat(
            run["weight"] is null ? "" : "b", run["italic"] is null ? "" : "i", run["strikethrough"] is null ? "" : "s", run["fontType"] is null ? "" : "c");
        if (run["selectAction"] is { } link) special = $"{special} {link["url"]}".Trim();
        return special.Length > 0 ? $"{{{special}:{run["text"]}}}" : isBroken ? $"¦{run["text"]}" : (string)run["text"]!;
    }
}
