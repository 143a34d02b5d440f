using NudgeBot.FakeSlack;
using NudgeBot.FakeSlack.Page;

namespace NudgeBot.Slack.Tests.Fake;

/// <summary>How the fake's page reads mrkdwn: as Slack does, where it is known how Slack does.</summary>
public sealed class MrkdwnHtmlTests
{
    [Theory]
    [InlineData("*bold* _italic_ ~gone~ `code`", "<strong>bold</strong> <em>italic</em> <s>gone</s> <code>code</code>")]
    [InlineData("*_both_*", "<strong><em>both</em></strong>")]
    [InlineData("snake_case_name 2*3*4", "snake_case_name 2*3*4")]
    [InlineData("* not bold * and ** neither", "* not bold * and ** neither")]
    [InlineData("`*as it is*` &amp; `&lt;b&gt;`", "<code>*as it is*</code> &amp; <code>&lt;b&gt;</code>")]
    [InlineData("&lt;b&gt; &amp; &quot;", "&lt;b&gt; &amp; &amp;quot;")]
    [InlineData("*over\ntwo lines*", "*over<br>two lines*")]
    [InlineData("a ```\n*b*\n``` c", "a <pre>*b*</pre> c")]
    [InlineData("```open", "```open")]
    [InlineData("&gt; said\nafter", "<blockquote>said</blockquote>after")]
    [InlineData(":tada: :no_such_thing: 10:30:45", "🎉 :no_such_thing: 10:30:45")]
    [InlineData("<https://example.com/?a=1&amp;b=2|a *link*>", "<a href=\"https://example.com/?a=1&amp;b=2\" target=\"_blank\" rel=\"noopener noreferrer\">a *link*</a>")]
    [InlineData("<javascript:alert(1)|x>", "x")]
    [InlineData("<!here> <!date^1^{date}|Monday>", "<span class=\"mention\">@here</span> Monday")]
    [InlineData("see https://example.com.", "see <a href=\"https://example.com/\" target=\"_blank\" rel=\"noopener noreferrer\">https://example.com</a>.")]
    [InlineData("<script>alert(1)</script>", "scriptalert(1)/script")]
    public async Task Marks_count_at_the_edges_of_words_and_nothing_else_is_markup(string mrkdwn, string html)
    {
        await using var slack = await FakeSlackServer.StartAsync();

        new MrkdwnHtml(slack.World).Of(mrkdwn).Value.ShouldBe(html);
    }

    [Fact]
    public async Task People_and_channels_are_called_by_their_names()
    {
        await using var slack = await SlackForTests.StartAsync();
        var channel = slack.Server.World.AddChannel(slack.Team, "wins");

        new MrkdwnHtml(slack.Server.World).Of($"<@{slack.Ada.Id}> in <#{channel.Id}>").Value
            .ShouldBe("<span class=\"mention\">@Ada Lovelace</span> in <span class=\"mention\">#wins</span>");
    }
}
