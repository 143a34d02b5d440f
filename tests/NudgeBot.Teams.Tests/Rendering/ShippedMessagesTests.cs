using NudgeBot.Tests.Rendering;

namespace NudgeBot.Teams.Tests.Rendering;

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

    [Theory]
    [MemberData(nameof(ShippedAnswers.KindsAndLocales), MemberType = typeof(ShippedAnswers))]
    public async Task Every_answer_to_a_step(string kind, string locale) =>
        Snapshot.Matches($"answers.{kind}.{locale}", Payloads.Of(await ShippedAnswers.ToStepAsync(kind, locale), locale));

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public async Task Every_command_of_a_person(string locale) =>
        Snapshot.Matches($"commands.{locale}", Payloads.Of(await ShippedAnswers.ToCommandsAsync(locale), locale));

    [Fact]
    public async Task Every_form_that_can_be_looked_at() =>
        Snapshot.Matches("looks.en", (await ShippedAnswers.ToLooksAsync()).Select(seen => (seen.Name, Payloads.Dialog(seen.Form, "en", seen.Errors))));
}
