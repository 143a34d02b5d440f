using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NudgeBot.Chat;
using NudgeBot.Slack.Rendering;
using NudgeBot.Tests.Rendering;

namespace NudgeBot.Slack.Tests.Rendering;

public partial class HostileMessageTests
{
    [Fact]
    public void Whatever_a_message_holds_Slack_takes_it()
    {
        var cut = 0;
        for (var seed = 0; seed < 150; seed++)
        {
            var message = BlockKit.Message(new RandomMessage(seed).Next(), "en");

            SlackRules.Broken(message.Blocks, most: 50).ShouldBeEmpty($"seed {seed}");
            message.Blocks.Sum(block => BlockRoom.Cost(block!.AsObject())).ShouldBeLessThanOrEqualTo(12_000, $"seed {seed}");
            message.Text.Length.ShouldBeInRange(1, 3000, $"seed {seed}");
            MrkdwnRules.Broken(message.Text).ShouldBeEmpty($"seed {seed}");
            JsonNode.Parse(message.Blocks.ToJsonString()).ShouldNotBeNull();
            if (message.Blocks[^1]!.ToJsonString().Contains("This is not all of it")) cut++;
        }
        cut.ShouldBeInRange(10, 149, "some are too long, and some are not");
    }

    [Fact]
    public void Whatever_a_reply_holds_Slack_takes_each_of_its_messages()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            foreach (var page in BlockKit.Messages(new RandomMessage(seed).Next(), "en"))
            {
                SlackRules.Broken(page.Blocks, most: 50).ShouldBeEmpty($"seed {seed}");
                page.Blocks.Sum(block => BlockRoom.Cost(block!.AsObject())).ShouldBeLessThanOrEqualTo(12_000, $"seed {seed}");
                page.Text.Length.ShouldBeInRange(1, 3000, $"seed {seed}");
            }
        }
    }

    [Fact]
    public void A_home_has_twice_the_room()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var home = HomeView.Of(new RandomMessage(seed).Next(), "de");
            SlackRules.Broken(home["blocks"]!.AsArray(), most: 100).ShouldBeEmpty($"seed {seed}");
            home.ToJsonString().Length.ShouldBeLessThan(250_000, $"seed {seed}");
        }
    }

    [Fact]
    public void What_somebody_typed_is_all_there_and_nothing_but_words()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var typed = new RandomMessage(seed).Words(40);
            var mrkdwn = Mrkdwn.Of(Markdown.Escape(typed));

            mrkdwn.ShouldNotContain('<', customMessage: $"seed {seed}");
            Mark().Match(mrkdwn).Value.ShouldBe("", $"seed {seed}");
            NamedEmoji().IsMatch(mrkdwn).ShouldBeFalse($"seed {seed}");
            Seen(Read(mrkdwn)).ShouldBe(Seen(SafeText.Clean(typed).Replace('＊', '*')), $"seed {seed}");
        }
    }

    /// <summary>As a reader sees it: look-alikes are what they look like.</summary>
    static string Read(string mrkdwn) => mrkdwn.Replace('∗', '*').Replace('ˍ', '_').Replace('∼', '~').Replace('ˋ', '`').Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&");

    /// <summary>Without blanks, which Markdown makes fewer.</summary>
    static string Seen(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not '\u200B' and not '\uFEFF'));

    [GeneratedRegex("(?<![a-zA-Z0-9])[*_~]|[*_~](?![a-zA-Z0-9])|`")]
    private static partial Regex Mark();

    [GeneratedRegex(@":[a-z0-9_+-]+:", RegexOptions.IgnoreCase)]
    private static partial Regex NamedEmoji();
}
