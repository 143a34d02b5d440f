using System.Net;
using NudgeBot.Slack.Tests.Fake;

namespace NudgeBot.Slack.Tests.WholeProgram;

/// <summary>What Slack delivers more than once, and to whichever program.</summary>
public class DeliveriesTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_whose_retries_reach_two_programs_at_the_same_moment_is_handled_once()
    {
        await using var town = await SlackTown.InstalledAsync();
        var (first, second) = (town.Program, await town.StartAsync());
        await using var recorder = await AppForTests.StartAsync(town.Slack);
        await town.Slack.Acting.SayAsync(town.Anna.User, "it helped");
        var recorded = recorder.Requests.ShouldHaveSingleItem();

        await Task.WhenAll(new[] { first, second, first, second, first, second }.Select((program, retry) => DeliverAsync(program, "/slack/events", recorded, retry)));
        await town.SettleAsync();

        (await town.QueryAsync<string>("select value from responses")).ShouldBe(["it helped"]);
        town.Anna.Heard.ShouldBe(["Thank you, noted."]);
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
        town.Slack.Faults.Next("chat.postMessage", new NudgeBot.FakeSlack.Faults.Fault.TimeoutBefore());
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

        (await PostAsync(town.Program, "/slack/events", recorded with { Body = recorded.Body.Replace("stop", "stop!") })).ShouldBe(HttpStatusCode.Unauthorized);
        recorded.Headers["X-Slack-Signature"] = $"v0={new string('0', 64)}";
        (await PostAsync(town.Program, "/slack/events", recorded)).ShouldBe(HttpStatusCode.Unauthorized);
        await town.SettleAsync();

        town.Anna.Heard.ShouldBeEmpty();
        (await town.QueryAsync<bool>("select opted_out_at is not null from persons where email = 'anna@acme.com'")).ShouldBe([false]);
    }

    static async Task DeliverAsync(SlackProgram to, string path, AppForTests.Got recorded, int retry)
    {
        var headers = new Dictionary<string, string>(recorded.Headers) { ["X-Slack-Retry-Num"] = $"{retry}", ["X-Slack-Retry-Reason"] = "http_timeout" };
        (await PostAsync(to, path, recorded with { Headers = headers })).ShouldBe(HttpStatusCode.OK);
    }

    static async Task<HttpStatusCode> PostAsync(SlackProgram to, string path, AppForTests.Got recorded)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(to.Address, path)) { Content = new StringContent(recorded.Body, System.Text.Encoding.UTF8, "application/json") };
        foreach (var (name, value) in recorded.Headers.Where(header => header.Key.StartsWith("X-Slack"))) request.Headers.Add(name, value);
        using var answer = await http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }
}
