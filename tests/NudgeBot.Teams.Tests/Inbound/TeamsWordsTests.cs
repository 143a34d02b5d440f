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

    [Theory]
    [InlineData("<p>The migration took an&nbsp;hour &amp; not a <strong>day</strong></p>", "The migration took an hour & not a day")]
    [InlineData("<div><p>one</p><p>two<br>three</p></div>", "one\ntwo\nthree")]
    [InlineData("<p>thanks <at id=\"0\">Bob Noyce</at>, a &lt; b</p>", "thanks Bob Noyce, a < b")]
    [InlineData("<attachment id=\"1\"></attachment>", "")]
    [InlineData("1 < 2 and <b>bold", "1 < 2 and bold")]
    public void Are_read_from_a_formatted_message(string sent, string meant) => TeamsWords.OfHtml(sent).ShouldBe(meant);
}
