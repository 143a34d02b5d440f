using NudgeBot.Tests.Rendering;

namespace NudgeBot.Slack.Tests.Rendering;

public class ConversationPayloadsTests
{
    [Theory]
    [MemberData(nameof(ShippedAnswers.KindsAndLocales), MemberType = typeof(ShippedAnswers))]
    public async Task Every_answer_to_a_step(string kind, string locale) =>
        Snapshot.Matches($"answers.{kind}.{locale}", (await ShippedAnswers.ToStepAsync(kind, locale)).Select(heard => (heard.Name, Payloads.Of(heard.Part, locale))));

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public async Task Every_command_of_a_person(string locale) =>
        Snapshot.Matches($"commands.{locale}", (await ShippedAnswers.ToCommandsAsync(locale)).Select(heard => (heard.Name, Payloads.Of(heard.Part, locale))));

    [Fact]
    public async Task Every_form_that_can_be_looked_at() =>
        Snapshot.Matches("looks.en", (await ShippedAnswers.ToLooksAsync()).Select(seen => (seen.Name, Payloads.Of(seen.Form, seen.Errors))));
}
