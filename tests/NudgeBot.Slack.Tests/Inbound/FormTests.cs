using System.Text.Json;
using System.Text.Json.Nodes;
using NudgeBot.Conversations;
using NudgeBot.Slack.Inbound;

namespace NudgeBot.Slack.Tests.Inbound;

public sealed class FormTests
{
    [Fact]
    public async Task A_form_is_answered_with_its_errors_and_when_it_is_corrected_kept_once_however_often_it_is_sent()
    {
        await using var company = await SlackCompany.WithReplicaAsync();
        await company.CommandAsync("/win", "");
        var form = company.Slack.Only("views.open");
        var other = company.NewProduct();
        await company.StartReplicaAsync(other);

        for (var i = 0; i < 2; i++)
        {
            var errors = JsonDocument.Parse(await company.InteractAsync(SlackCompany.Submit(form, ("what", ""), ("tool", "copilot")))).RootElement;
            errors.Text("response_action").ShouldBe("errors");
            errors.Text("errors", "what").ShouldBe(Phrases.Say("en", "win-what-empty"));
        }
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => company.InteractAsync(SlackCompany.Submit(form, ("what", "tests"), ("tool", "copilot")), replica: i % 2)));
        await Task.WhenAll(company.Product.InboxWorker.WhenIdleAsync(), other.InboxWorker.WhenIdleAsync());

        answers.ShouldAllBe(answer => answer == "");
        (await company.QueryAsync<string>("select what from wins")).ShouldBe(["tests"]);
        company.Slack.Only("response_url").Text("text").ShouldBe(Phrases.Say("en", "win-thanks-no-channel"));
    }

    /// <summary>What opens a form must be known before it is handled: otherwise it is put off, and its form opens too late.</summary>
    [Theory]
    [InlineData(ActionIds.WinForm)]
    [InlineData(ActionIds.PulseWorry)]
    [InlineData(ActionIds.WhyNot)]
    [InlineData(ActionIds.MinutesSaved)]
    [InlineData(ActionIds.TaskChange)]
    [InlineData(ActionIds.WinsLine)]
    public async Task Every_button_behind_which_there_is_a_form_opens_it_at_once(string actionId)
    {
        await using var company = await SlackCompany.WithReplicaAsync();
        var nudge = await company.WelcomeAsync();

        await company.InteractAsync(SlackCompany.Press(actionId, nudge));

        company.Slack.Methods.ShouldBe(["views.open"]);
    }
}
