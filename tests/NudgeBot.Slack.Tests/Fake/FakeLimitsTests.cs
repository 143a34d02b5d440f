using System.Net;
using NudgeBot.FakeSlack;
using NudgeBot.FakeSlack.Limits;

namespace NudgeBot.Slack.Tests.Fake;

public class FakeLimitsTests
{
    [Fact]
    public async Task A_channel_takes_a_burst_and_then_one_message_a_second()
    {
        var time = new ManualTime();
        await using var slack = await SlackForTests.StartAsync(new() { Time = time });
        var ada = await slack.DirectChannelAsync(slack.Ada);
        var bob = await slack.DirectChannelAsync(slack.Bob);

        for (var i = 0; i < 3; i++) (await Post(ada)).ShouldBe(HttpStatusCode.OK);
        using (var refused = await slack.SendAsync("chat.postMessage", new { channel = ada, text = "x" }))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
            (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("""{"ok":false,"error":"ratelimited"}""");
        }
        (await Post(bob)).ShouldBe(HttpStatusCode.OK);
        time.Move(TimeSpan.FromSeconds(1));
        (await Post(ada)).ShouldBe(HttpStatusCode.OK);
        (await Post(ada)).ShouldBe(HttpStatusCode.TooManyRequests);
        slack.Server.Calls["chat.postMessage"].ShouldBe(new CallCount(7, 2));
        slack.Server.MessagesWith(slack.Ada).Count.ShouldBe(4);

        async Task<HttpStatusCode> Post(string channel)
        {
            using var answer = await slack.SendAsync("chat.postMessage", new { channel, text = "x" });
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(60, 1)]
    public async Task A_tier_is_a_sliding_window_of_a_minute_that_the_time_factor_shortens(double factor, int seconds)
    {
        var time = new ManualTime();
        await using var slack = await SlackForTests.StartAsync(new() { Time = time, TimeFactor = factor });

        for (var i = 0; i < 20; i++) (await slack.CallAsync("users.list", new { })).GetProperty("ok").GetBoolean().ShouldBeTrue();
        (await slack.ErrorAsync("users.list", new { })).ShouldBe("ratelimited");
        time.Move(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        (await slack.ErrorAsync("users.list", new { })).ShouldBe("ratelimited");
        time.Move(TimeSpan.FromMilliseconds(1));
        (await slack.CallAsync("users.list", new { })).GetProperty("ok").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Workspaces_do_not_share_their_limits()
    {
        await using var slack = await SlackForTests.StartAsync(new() { Time = new ManualTime(), Limits = new() { CallsPerMinute = new Dictionary<string, int> { ["auth.test"] = 1 } } });
        (await slack.CallAsync("auth.test", new { })).GetProperty("ok").GetBoolean().ShouldBeTrue();
        (await slack.ErrorAsync("auth.test", new { })).ShouldBe("ratelimited");
        slack.Token = slack.Server.World.Install(slack.Server.World.AddTeam("Other")).Value;
        (await slack.CallAsync("auth.test", new { })).GetProperty("ok").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task The_workspace_takes_so_many_messages_a_minute_over_all_channels()
    {
        await using var slack = await SlackForTests.StartAsync(new() { Time = new ManualTime(), Limits = new() { MessagesPerMinute = 2 } });
        var ada = await slack.DirectChannelAsync(slack.Ada);
        var bob = await slack.DirectChannelAsync(slack.Bob);
        await slack.CallAsync("chat.postMessage", new { channel = ada, text = "x" });
        await slack.CallAsync("chat.postMessage", new { channel = bob, text = "x" });
        (await slack.ErrorAsync("chat.postMessage", new { channel = bob, text = "x" })).ShouldBe("ratelimited");
    }
}
