using NudgeBot.Slack.Inbound;

namespace NudgeBot.Slack.Tests.Inbound;

public class SlackWordsTests
{
    [Theory]
    [InlineData("plain words", "plain words")]
    [InlineData("a &lt;b&gt; &amp; c", "a <b> & c")]
    [InlineData("&amp;lt;", "&lt;")]
    [InlineData("ask <@U123|ada>", "ask @ada")]
    [InlineData("ask <@U123>", "ask @U123")]
    [InlineData("in <#C1|general> or <#C2>", "in #general or #C2")]
    [InlineData("<!here> and <!subteam^S1|@designers> and <!channel>", "@here and @designers and @channel")]
    [InlineData("<mailto:ada@acme.com|ada@acme.com>", "ada@acme.com")]
    [InlineData("see <http://acme.com|acme.com>", "see acme.com")]
    [InlineData("see <https://acme.com/a?b=1&amp;c=2>", "see https://acme.com/a?b=1&c=2")]
    [InlineData("see <https://acme.com|the docs>", "see the docs (https://acme.com)")]
    [InlineData("1 < 2 and 3 > 2", "1 < 2 and 3 > 2")]
    [InlineData("<!date^1392734382^{date}|18 February>", "18 February")]
    [InlineData("<", "<")]
    [InlineData("<>", "<>")]
    public void Decodes_what_Slack_sends_to_what_was_meant(string sent, string meant) => SlackWords.Decode(sent).ShouldBe(meant);

    [Theory]
    [InlineData("ask <@U123|ada> or <@U456>", "@ada=U123, @U456=U456")]
    [InlineData("<@U1|a &amp; b>", "@a & b=U1")]
    [InlineData("in <#C1|general>, see <https://acme.com|@ada> and &lt;@U1&gt; <!here>", "")]
    public void Knows_who_is_named_as_it_stands_in_the_words(string sent, string named)
    {
        var mentions = SlackWords.Mentions(sent);
        string.Join(", ", mentions.Select(mention => $"{mention.Text}={mention.Account}")).ShouldBe(named);
        foreach (var mention in mentions) SlackWords.Decode(sent).ShouldContain(mention.Text);
    }

    [Theory]
    [InlineData("<@UBOT> win it went well", "win it went well")]
    [InlineData("<@UBOT|nudgebot>, help", "help")]
    [InlineData("hello <@UBOT>", "hello <@UBOT>")]
    public void Leaves_out_the_bots_name_before_a_mention(string sent, string rest) => SlackWords.WithoutMention(sent).ShouldBe(rest);
}
