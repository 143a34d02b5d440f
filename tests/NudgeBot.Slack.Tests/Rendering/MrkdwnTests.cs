using NudgeBot.Slack.Rendering;

namespace NudgeBot.Slack.Tests.Rendering;

public class MrkdwnTests
{
    [Theory]
    [InlineData("**bold** *italic* _italic_ ~~gone~~ `code`", "*bold* _italic_ _italic_ ~gone~ `code`")]
    [InlineData("***both***", "*_both_*")]
    [InlineData("**a *b* c**", "*a* *_b_* *c*")]
    [InlineData("**bold **deeper** still**", "*bold deeper still*")]
    [InlineData("**two\nlines**", "*two*\n*lines*")]
    [InlineData("half**bold**word", "half\u200B*bold*\u200Bword")]
    [InlineData("**Never paste:**\n- keys", "*Never paste:*\n• keys")]
    [InlineData("# Heading\ntext", "*Heading*\ntext")]
    [InlineData("one  \ntwo\\\nthree\nfour", "one\ntwo\nthree\nfour")]
    [InlineData("one\n\ntwo", "one\n\ntwo")]
    [InlineData("- a\n- b\n  - c\n    - d\n- e", "• a\n• b\n    ◦ c\n        ▪ d\n• e")]
    [InlineData("3. a\n4. b", "3. a\n4. b")]
    [InlineData("- a\n\n  more\n- b", "• a\n\n    more\n• b")]
    [InlineData("> said\n> again", "> said\n> again")]
    [InlineData("```\nif (a < b) `x`\n```\nafter", "```\nif (a &lt; b) ˋxˋ\n```\nafter")]
    [InlineData("`a < b && c`", "`a &lt; b &amp;&amp; c`")]
    [InlineData("[words](https://example.com/?a=1&b=2)", "<https://example.com/?a=1&amp;b=2|words>")]
    [InlineData("**[words](https://example.com/)**", "*<https://example.com/|words>*")]
    [InlineData("[a*b | <c>](http://example.com/)", "<http://example.com/|a∗b ∣ &lt;c&gt;>")]
    [InlineData("[mail](mailto:a@example.com)", "<mailto:a@example.com|mail>")]
    [InlineData("<https://example.com/a|b>", "<https://example.com/a%7Cb|https://example.com/a∣b>")]
    [InlineData("[go](javascript:alert(1)) [or](/there) [out](slack://open)", "go or out")]
    [InlineData("![picture](https://example.com/a.png)", "picture")]
    [InlineData("<b>html</b>", "&lt;b&gt;html&lt;/b&gt;")]
    [InlineData("a &lt;!channel&gt; b", "a &lt;!channel&gt; b")]
    [InlineData("---", "———")]
    [InlineData("", "")]
    public void Says_in_Slacks_words(string markdown, string mrkdwn) => Mrkdwn.Of(markdown).ShouldBe(mrkdwn);

    [Theory]
    [InlineData("<!channel> <@U1> <#C1|x> <https://evil.example|bank>", "&lt;!channel&gt; &lt;@U1&gt; &lt;#C1|x&gt; &lt;https://evil.example|bank&gt;")]
    [InlineData("@here and @Channel", "@\u200Bhere and @\u200BChannel")]
    [InlineData("*a* _b_ ~c~ `d`", "∗a∗ ˍbˍ ∼c∼ ˋdˋ")]
    [InlineData("＊a＊ ＿b＿", "∗a∗ ˍbˍ")]
    [InlineData("snake_case 2*3 __init__", "snake_case 2*3 ˍˍinitˍˍ")]
    [InlineData(":tada: at 10:30", ":\u200Btada: at 10:30")]
    [InlineData("> quoted", "\u200B&gt; quoted")]
    [InlineData("＞ quoted", "\u200B＞ quoted")]
    [InlineData("title\n=====\nnext\n-----", "title\n=====\nnext\n-----")]
    [InlineData("    indented *", "indented ∗")]
    [InlineData("- no list\n1. nor this", "- no list\n1. nor this")]
    [InlineData("```\ncode\n```", "ˋˋˋ\ncode\nˋˋˋ")]
    [InlineData("AT&T &lt;", "AT&amp;T &amp;lt;")]
    public void What_somebody_typed_stays_what_they_typed(string typed, string mrkdwn) => Mrkdwn.Of(Chat.Markdown.Escape(typed)).ShouldBe(mrkdwn);

    [Fact]
    public void Splits_between_paragraphs_before_lines_before_words()
    {
        var sentence = string.Join(' ', Enumerable.Repeat("word", 198));
        var parts = Mrkdwn.Split($"{sentence}\n\n{sentence}\n{sentence}\n\nlast", 2000);

        parts.ShouldBe([sentence, $"{sentence}\n{sentence}\n\nlast"]);
        Mrkdwn.Split(string.Join(' ', Enumerable.Repeat(sentence, 4)), 2000).ShouldAllBe(part => part.Length <= 2000 && string.IsNullOrWhiteSpace(part.Replace("word", "")));
    }

    [Fact]
    public void Does_not_split_links_and_code_and_closes_marks_in_every_part()
    {
        var parts = Mrkdwn.Split($"**{string.Concat(Enumerable.Repeat("[a link](https://example.com/) bold words `some code` ", 200))}**", 2000);

        parts.Count.ShouldBeGreaterThan(3);
        foreach (var part in parts)
        {
            part.Length.ShouldBeLessThanOrEqualTo(2000);
            (part.Count(c => c == '*') % 2).ShouldBe(0);
            (part.Count(c => c == '`') % 2).ShouldBe(0);
            part.Split("<https://example.com/|a link>").Length.ShouldBe(part.Split("<").Length);
        }
    }

    [Fact]
    public void A_word_without_end_is_cut_and_an_entity_is_not()
    {
        var parts = Mrkdwn.Split(Chat.Markdown.Escape(new string('&', 5000)), 2000);

        parts.ShouldAllBe(part => part.Length <= 2000 && part.Replace("\n", "").Replace("&amp;", "").Length == 0);
        string.Concat(parts).Replace("\n", "").Length.ShouldBe(25_000);
    }

    [Fact]
    public void No_emoji_comes_about_where_a_word_without_end_is_divided() =>
        Mrkdwn.Of(Chat.Markdown.Escape($"{new string('x', 297)}:tada:")).ShouldNotContain(":tada:");

    [Fact]
    public void A_long_code_block_is_a_code_block_in_every_part()
    {
        var parts = Mrkdwn.Split($"```\n{string.Concat(Enumerable.Range(0, 300).Select(i => $"line {i}\n"))}```", 2000);

        parts.ShouldAllBe(part => part.StartsWith("```\nline") && part.EndsWith("\n```") && part.Length <= 2000);
    }
}
