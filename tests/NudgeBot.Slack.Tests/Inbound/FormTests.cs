using System.Text.Json;
using System.Text.Json.Nodes;
using NudgeBot.Conversations;
using NudgeBot.Slack.Inbound;

namespace NudgeBot.Slack.Tests.Inbound;

public sealed class FormTests
{
    [Fact]
    public async Task A_form_is_open_before_the_command_is_acknowledged_and_what_was_typed_stands_in_it()
    {
        await using var company = await SlackCompany.WithReplicaAsync();

        (await company.CommandAsync("/win", "tests &lt;in minutes&gt;")).ShouldBeEmpty();

        var opened = company.Slack.Only("views.open");
        opened.Text("trigger_id").ShouldBe("trigger-1");
        opened.At("view", "blocks")!.Value[0].Text("element", "initial_value").ShouldBe("tests <in minutes>");
    }

    [Fact]
    public async Task A_form_that_was_asked_for_twice_opens_once()
    {
        await using var company = await SlackCompany.WithReplicaAsync();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => company.CommandAsync("/win", "")));

        company.Slack.Methods.ShouldBe(["views.open"]);
    }

    [Fact]
    public async Task Sharing_a_message_as_a_win_opens_the_form_with_its_words()
    {
        await using var company = await SlackCompany.WithReplicaAsync();

        await company.InteractAsync(new JsonObject
        {
            ["type"] = "message_action",
            ["callback_id"] = "share_as_win",
            ["trigger_id"] = "trigger-1",
            ["channel"] = new JsonObject { ["id"] = "C1" },
            ["message"] = new JsonObject { ["text"] = "it found the *bug*", ["ts"] = "1" },
        });

        company.Slack.Only("views.open").At("view", "blocks")!.Value[0].Text("element", "initial_value").ShouldBe("it found the *bug*");
    }

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

    [Fact]
    public async Task A_form_behind_a_button_belongs_to_the_nudge_of_the_button()
    {
        await using var company = await SlackCompany.WithReplicaAsync();
        var nudge = await company.WelcomeAsync();
        await company.InteractAsync(SlackCompany.Press(ActionIds.MinutesSaved, nudge));
        var form = company.Slack.Only("views.open");

        JsonDocument.Parse(await company.InteractAsync(SlackCompany.Submit(form, ("value", "ten")))).RootElement.Text("response_action").ShouldBe("errors");
        (await company.InteractAsync(SlackCompany.Submit(form, ("value", "10")))).ShouldBeEmpty();
        await company.Product.InboxWorker.WhenIdleAsync();

        (await company.QueryAsync<(string, int)>("select kind, minutes from responses")).ShouldBe([("minutes-saved", 10)]);
        company.Slack.Only("chat.postMessage").Text("channel").ShouldBe("D1");
    }

    [Fact]
    public async Task Where_no_form_can_open_a_button_is_offered_that_opens_it_with_the_same_words()
    {
        await using var company = await SlackCompany.WithReplicaAsync();
        company.Slack.Answers["views.open"] = new JsonObject { ["ok"] = false, ["error"] = "expired_trigger_id" };

        await company.EventAsync(SlackCompany.Words("win it went well"));
        await company.Product.InboxWorker.WhenIdleAsync();
        await company.CommandAsync("/win", "it went well");

        var offers = company.Slack.Calls.Where(call => call.Method is "chat.postMessage" or "response_url").ToList();
        offers.Select(call => call.Method).ShouldBe(["chat.postMessage", "response_url"]);
        offers.Select(call => call.Arguments.At("blocks")!.Value[0].GetProperty("elements")[0].Text("value")).ShouldBe(["win it went well", "win it went well"]);
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
