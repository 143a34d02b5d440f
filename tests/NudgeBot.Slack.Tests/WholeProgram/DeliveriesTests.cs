using System.Net;
using System.Net.Http.Headers;
using NudgeBot.FakeSlack.Faults;
using NudgeBot.Slack.Tests.Fake;
using NudgeBot.Tests.WholeProgram;

namespace NudgeBot.Slack.Tests.WholeProgram;

/// <summary>What Slack delivers more than once, and to whichever program.</summary>
public class DeliveriesTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_whose_retries_reach_two_programs_at_the_same_moment_is_handled_once()
    {
        await using var town = await SlackTown.InstalledAsync();
        await ToBothAtOnceAsync(town, "/slack/events", () => town.Slack.Acting.SayAsync(town.Anna.User, "it helped"));

        (await town.QueryAsync<string>("select value from responses")).ShouldBe(["it helped"]);
        town.Anna.Heard.ShouldBe(["Thank you, noted."]);
    }

    [Fact]
    public async Task A_form_that_is_asked_for_and_sent_many_times_at_once_opens_once_and_is_kept_once()
    {
        await using var town = await SlackTown.InstalledAsync();

        await ToBothAtOnceAsync(town, "/slack/commands", () => town.Slack.Acting.CommandAsync(town.Anna.User, "/win", "it went well"));
        town.Calls("views.open").ShouldBe(1);

        var answers = await ToBothAtOnceAsync(town, "/slack/interactivity", () => town.Slack.Acting.SubmitViewAsync(town.Anna.User, town.Anna.Form));
        answers.ShouldAllBe(answer => answer == "");
        (await town.QueryAsync<string>("select what from wins")).ShouldBe(["it went well"]);
        town.Anna.Heard.ShouldHaveSingleItem().ShouldContain("Thank you.");
    }

    [Fact]
    public async Task Where_no_form_can_open_a_button_is_offered_that_opens_it_with_the_same_words()
    {
        await using var town = await SlackTown.InstalledAsync();

        await town.Anna.Types("win it went well");
        town.Anna.HasForm.ShouldBeFalse("words come without a trigger");
        await town.Anna.Presses("A win");
        town.Anna.Field("What went well?").ShouldBe("it went well");

        town.Slack.Faults.Next("views.open", new Fault.Error("expired_trigger_id"));
        await town.Eve.Commands("/win it went better");
        town.Eve.HasForm.ShouldBeFalse();
        await town.Eve.Presses("A win");
        town.Eve.Field("What went well?").ShouldBe("it went better");
    }

    [Fact]
    public async Task An_event_that_Slack_sends_twice_is_handled_once()
    {
        await using var town = await SlackTown.InstalledAsync();
        town.Slack.Events.DuplicateNext(2);

        await town.Anna.Types("used");
        await town.Anna.OpensHome();

        town.Anna.Heard.ShouldHaveSingleItem();
        town.Calls("views.publish").ShouldBe(1);
        town.NothingWentWrong();
    }

    [Fact]
    public async Task What_was_acknowledged_by_a_program_that_died_is_answered_by_another()
    {
        await using var town = await SlackTown.InstalledAsync();
        var survivor = await town.StartAsync();
        town.Slack.Faults.Next("chat.postMessage", new Fault.TimeoutBefore());
        await town.Slack.Acting.SayAsync(town.Anna.User, "settings");
        await SlackTown.SoonAsync(() => town.Slack.Faults.Left("chat.postMessage") == 0);
        await town.Program.CrashAsync();

        await town.LeasesRunOutAsync();
        await survivor.Product.InboxWorker.RunAsync(Cancellation);

        town.Anna.Heard.ShouldHaveSingleItem().ShouldContain("Messages are on.");
    }

    [Fact]
    public async Task What_is_not_signed_with_the_apps_secret_is_refused_and_does_nothing()
    {
        await using var town = await SlackTown.InstalledAsync();
        await using var recorder = await AppForTests.StartAsync(town.Slack);
        await town.Slack.Acting.SayAsync(town.Anna.User, "stop");
        var recorded = recorder.Requests.ShouldHaveSingleItem();

        (await PostAsync(town.Program, "/slack/events", recorded with { Body = recorded.Body.Replace("stop", "stop!") })).Status.ShouldBe(HttpStatusCode.Unauthorized);
        recorded.Headers["X-Slack-Signature"] = $"v0={new string('0', 64)}";
        (await PostAsync(town.Program, "/slack/events", recorded)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        await town.SettleAsync();

        town.Anna.Heard.ShouldBeEmpty();
        (await town.QueryAsync<bool>("select opted_out_at is not null from persons where email = 'anna@acme.com'")).ShouldBe([false]);
    }

    /// <summary>Slack sends it to two programs, and again and again before either has answered.</summary>
    static async Task<string[]> ToBothAtOnceAsync(SlackTown town, string path, Func<Task> act)
    {
        TownProgram[] programs = [town.Program, await town.StartAsync()];
        AppForTests.Got recorded;
        await using (var recorder = await AppForTests.StartAsync(town.Slack))
        {
            await act();
            recorded = recorder.Requests.First();
        }
        town.CallFrom(town.Program);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(retry => PostAsync(programs[retry % 2], path, recorded)));
        await town.SettleAsync();
        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        return [.. answers.Select(answer => answer.Body)];
    }

    static async Task<(HttpStatusCode Status, string Body)> PostAsync(TownProgram to, string path, AppForTests.Got recorded)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(to.Address, path)) { Content = new StringContent(recorded.Body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(recorded.Headers["Content-Type"]);
        foreach (var (name, value) in recorded.Headers.Where(header => header.Key.StartsWith("X-Slack"))) request.Headers.Add(name, value);
        using var answer = await http.SendAsync(request, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
