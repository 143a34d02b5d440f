using NudgeBot.Chat;
using NudgeBot.Web.Playground;

namespace NudgeBot.Web.Tests.Playground;

public sealed class MarkdownHtmlTests
{
    [Theory]
    [InlineData("**bold** and `code`", "<p><strong>bold</strong> and <code>code</code></p>")]
    [InlineData("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>")]
    [InlineData("one\ntwo", "<p>one<br />\ntwo</p>")]
    [InlineData("", "")]
    public void Shows_what_messages_are_written_with(string markdown, string html) => Of(markdown).ShouldBe(html);

    [Theory]
    [InlineData("[x](https://example.com/a?b=c&d)", "<p><a href=\"https://example.com/a?b=c&amp;d\" target=\"_blank\" rel=\"noopener noreferrer\">x</a></p>")]
    [InlineData("[x](mailto:anna@example.com)", "<p><a href=\"mailto:anna@example.com\" target=\"_blank\" rel=\"noopener noreferrer\">x</a></p>")]
    public void A_link_to_the_web_opens_elsewhere(string markdown, string html) => Of(markdown).ShouldBe(html);

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](data:text/html,<script>alert(1)</script>)")]
    [InlineData("[x](/press)")]
    [InlineData("[x](//example.com)")]
    [InlineData("[x](file:///etc/passwd)")]
    [InlineData("[x][y]\n\n[y]: javascript:alert(1)")]
    [InlineData("![x](https://example.com/x.png)")]
    public void Any_other_link_is_its_words(string markdown) => Of(markdown).ShouldBe("<p>x</p>");

    [Theory]
    [InlineData("<javascript:alert(1)>", "<p>javascript:alert(1)</p>")]
    [InlineData("<https://example.com>", "<p>https://example.com</p>")]
    public void A_bare_address_is_no_link(string markdown, string html) => Of(markdown).ShouldBe(html);

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("a <b onclick=alert(1)>b</b>")]
    [InlineData("&lt;script&gt;")]
    [InlineData("**<i>**")]
    public void Markup_is_text(string markdown) => Of(markdown).ShouldNotContain(markdown.StartsWith('&') ? "<script" : "<i");

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("[x](javascript:alert(1)) ![y](z) <https://example.com>")]
    [InlineData("# no heading\n- no list\n1. none\n> none\n***")]
    [InlineData("**no** _no_ `no` ~~~ no")]
    [InlineData("&amp; &lt; \\ \\*")]
    public void What_a_person_typed_is_read_as_it_was_typed(string typed)
    {
        var html = Of(Markdown.Escape(typed));
        var text = System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(html.Replace("<br />", ""), "</?p>", ""));
        text.ShouldBe(typed);
    }

    static string Of(string markdown) => MarkdownHtml.Of(markdown).Value.TrimEnd();
}
