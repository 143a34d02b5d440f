using System.Net;
using System.Net.NetworkInformation;
using NodaTime;
using NudgeBot.People;
using NudgeBot.Tests.Database;
using NudgeBot.Web.Tests.Playground;

namespace NudgeBot.Web.Tests.SlackDemo;

/// <summary><c>nudgebot demo --slack-fake</c>: where it answers, and what it refuses.</summary>
public sealed class SlackDemoProcessTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_answers_its_own_page_on_this_machine_alone_and_begins_anew_each_time()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var first = DemoProcess.Start(database, "--slack-fake"))
        {
            var page = $"http://127.0.0.1:{first.Port}";
            await first.WaitUntilSaidAsync($"The Slack is open: {page}");
            IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(one => one.Port == first.Port).ShouldBe([new IPEndPoint(IPAddress.Loopback, first.Port)]);
            first.Output.ShouldContain("Ctrl-C closes it. It begins anew each time: what you do is not kept.");

            using var client = new HttpClient();
            using var foreign = new HttpRequestMessage(HttpMethod.Post, $"{page}/page/host") { Content = new FormUrlEncodedContent([new("run", "+ 1 week")]) };
            foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
            (await client.SendAsync(foreign, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            using var renamed = new HttpRequestMessage(HttpMethod.Get, page);
            renamed.Headers.Host = "rebound.example";
            (await client.SendAsync(renamed, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

            (await first.EndAsync("TERM")).ShouldBe(0);
            first.Errors.ShouldBeEmpty();
        }

        await using (var playground = DemoProcess.Start(database, "--fresh"))
        {
            (await playground.ExitCodeAsync()).ShouldBe(1);
            playground.Errors.ShouldHaveSingleItem().ShouldStartWith("This database holds the other kind of demo");
        }

        await using var again = DemoProcess.Start(database, "--slack-fake", "--fresh");
        await again.WaitUntilSaidAsync($"The Slack is open: http://127.0.0.1:{again.Port}");
        (await again.EndAsync("INT")).ShouldBe(0);
    }

    [Fact]
    public async Task A_database_of_somebody_real_and_one_of_a_playground_are_refused()
    {
        await using var real = await TestDatabase.CreateAsync();
        await Organizations.EnsureFirstAsync(real.Source, "Real Ltd", ProductClock.StandingAt(Instant.FromUtc(2026, 1, 1, 0, 0)), Cancellation);
        await using var played = await OpenPlayground.CopyAsync();

        await using var onReal = DemoProcess.Start(real, "--slack-fake");
        await using var onPlayed = DemoProcess.Start(played, "--slack-fake");

        (await onReal.ExitCodeAsync()).ShouldBe(1);
        onReal.Errors.ShouldHaveSingleItem().ShouldStartWith("This database holds the organization 'Real Ltd', which is no playground's.");
        (await onPlayed.ExitCodeAsync()).ShouldBe(1);
        onPlayed.Errors.ShouldHaveSingleItem().ShouldStartWith("This database holds the other kind of demo");
    }
}
