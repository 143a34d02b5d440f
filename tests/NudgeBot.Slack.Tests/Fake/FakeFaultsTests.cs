using System.Net;
using NudgeBot.FakeSlack.Faults;

namespace NudgeBot.Slack.Tests.Fake;

public class FakeFaultsTests
{
    public static TheoryData<Fault, HttpStatusCode?, int> Faults => new()
    {
        { new Fault.ServerError(), HttpStatusCode.InternalServerError, 0 },
        { new Fault.Unavailable(), HttpStatusCode.ServiceUnavailable, 0 },
        { new Fault.TooMany(7), HttpStatusCode.TooManyRequests, 0 },
        { new Fault.Error("fatal_error"), HttpStatusCode.OK, 0 },
        { new Fault.BrokenJson(), HttpStatusCode.OK, 1 },
        { new Fault.ResetBefore(), null, 0 },
        { new Fault.ResetAfter(), null, 1 },
        { new Fault.TimeoutBefore(), null, 0 },
        { new Fault.TimeoutAfter(), null, 1 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task The_next_call_fails_as_planned_and_the_one_after_works(Fault fault, HttpStatusCode? status, int effects)
    {
        await using var slack = await SlackForTests.StartAsync(new() { HangsFor = TimeSpan.FromMilliseconds(50) });
        var channel = await slack.DirectChannelAsync(slack.Ada);
        slack.Server.Faults.Next("chat.postMessage", fault);

        HttpStatusCode? seen = null;
        try
        {
            using var answer = await slack.SendAsync("chat.postMessage", new { channel, text = "x" });
            seen = answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            // Cut off: that is what some of the faults are.
        }

        seen.ShouldBe(status);
        slack.Server.MessagesWith(slack.Ada).Count.ShouldBe(effects);
        (await slack.CallAsync("chat.postMessage", new { channel, text = "y" })).GetProperty("ok").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_probability_hits_the_same_calls_with_the_same_seed()
    {
        var first = await FailuresAsync(seed: 7);
        first.ShouldBe(await FailuresAsync(seed: 7));
        first.ShouldContain(true);
        first.ShouldContain(false);

        static async Task<List<bool>> FailuresAsync(int seed)
        {
            await using var slack = await SlackForTests.StartAsync(new() { Seed = seed });
            slack.Server.Faults.Sometimes("auth.test", new Fault.Error("internal_error"), 0.5);
            List<bool> failed = [];
            for (var i = 0; i < 20; i++) failed.Add(!(await slack.CallAsync("auth.test", new { })).GetProperty("ok").GetBoolean());
            return failed;
        }
    }
}
