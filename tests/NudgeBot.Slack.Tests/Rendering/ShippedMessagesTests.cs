using NudgeBot.Chat;
using NudgeBot.Slack.Rendering;
using NudgeBot.Tests.Rendering;

namespace NudgeBot.Slack.Tests.Rendering;

public class ShippedMessagesTests
{
    [Theory]
    [MemberData(nameof(ShippedMessages.LocalesAndRoles), MemberType = typeof(ShippedMessages))]
    public void Every_step_for_every_role(string locale, string role) =>
        Snapshot.Matches($"steps.{locale}.{(role.Length == 0 ? "any" : role)}", ShippedMessages.Steps(locale, role).Select(step => (step.Name, Payloads.Of(step.Message, locale))));

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public void Every_post_of_a_channel(string locale) =>
        Snapshot.Matches($"channels.{locale}", ShippedMessages.ChannelPosts(locale).Select(post => (post.Name, Payloads.Of(post.Message, locale))));

    [Fact]
    public void Every_page_of_help() => Snapshot.Matches("help.en", ShippedMessages.HelpPages().Select(page => (page.Name, Payloads.Of(page.Message, "en"))));

    [Fact]
    public void A_home() => Snapshot.Matches("home.en", [("home", HomeView.Of(Message.Say("Language en, time zone Europe/Berlin."), "en"))]);
}
