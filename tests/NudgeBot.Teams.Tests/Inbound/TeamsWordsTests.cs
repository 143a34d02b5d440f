using NudgeBot.Teams.Inbound;

namespace NudgeBot.Teams.Tests.Inbound;

public class TeamsWordsTests
{
    const string Own = "<at>NudgeBot</at>";

    [Theory]
    [InlineData("<at>NudgeBot</at> win", "win")]
    [InlineData("<at>NudgeBot</at>&nbsp;win list", "win list")]
    [InlineData("<at>NudgeBot</at>: win", "win")]
    [InlineData("<at>NudgeBot</at>, used 30", "used 30")]
    [InlineData("settings <at>NudgeBot</at>", "settings")]
    [InlineData("  <at>NudgeBot</at>\r\nguide ", "guide")]
    [InlineData("<at>NudgeBot</at> ask <at>Bob Noyce</at> for it", "ask Bob Noyce for it")]
    [InlineData("<at>NudgeBot</at> ask <at id=\"1\">Bob Noyce</at>", "ask Bob Noyce")]
    [InlineData("<at>NudgeBot</at> a &lt; b &amp;&amp; c", "a < b && c")]
    [InlineData("<at>NudgeBot</at> &lt;at&gt;x&lt;/at&gt;", "<at>x</at>")]
    [InlineData("<at>NudgeBot</at>", "")]
    public void Are_read_as_they_were_meant(string sent, string meant) => TeamsWords.Decode(sent, Own).ShouldBe(meant);

    [Theory]
    [InlineData("AT&amp;T &amp;amp; co", "AT&T &amp; co")]
    [InlineData("two\r\nlines", "two\nlines")]
    [InlineData("hard\u00A0blank&nbsp;", "hard blank")]
    [InlineData("bell\u0007", "bell")]
    [InlineData(": so", ": so")]
    public void Are_read_without_a_mention_too(string sent, string meant) => TeamsWords.Decode(sent).ShouldBe(meant);
}
