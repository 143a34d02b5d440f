using System.Net;
using NudgeBot.FakeTeams.Faults;
using NudgeBot.FakeTeams.Limits;

namespace NudgeBot.Teams.Tests.Fake;

public class FakeLimitsTests
{
    [Fact]
    public async Task A_conversation_takes_7_in_1_s_8_in_2_s_and_60_in_30_s()
    {
        var time = new ManualTime();
        await using var teams = await TeamsForTests.StartAsync(new() { Time = time });
        var chat = await teams.ChatAsync(teams.Ada);
        time.Move(TimeSpan.FromSeconds(1));

        (await Posted(8)).ShouldBe(7);
        time.Move(TimeSpan.FromSeconds(1));
        (await Posted(3)).ShouldBe(1);
        using (var refused = await teams.SendAsync(HttpMethod.Post, $"conversations/{chat}/activities", TeamsForTests.Message("x")))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        }
        for (var i = 0; i < 8; i++)
        {
            time.Move(TimeSpan.FromSeconds(2));
            await Posted(7);
        }
        teams.Server.MessagesWith(teams.Ada).Count.ShouldBe(60);
        time.Move(TimeSpan.FromSeconds(2));
        (await teams.CallAsync(HttpMethod.Post, $"conversations/{chat}/activities", TeamsForTests.Message("x"))).ShouldBe("429 Throttled");

        async Task<int> Posted(int tries)
        {
            var taken = 0;
            for (var i = 0; i < tries; i++)
            {
                using var answer = await teams.SendAsync(HttpMethod.Post, $"conversations/{chat}/activities", TeamsForTests.Message("x"));
                if (answer.StatusCode == HttpStatusCode.Created) taken++;
            }
            return taken;
        }
    }

    [Theory]
    [InlineData(1, 3600)]
    [InlineData(3600, 1)]
    public async Task The_time_factor_shortens_an_hour(double factor, int seconds)
    {
        var time = new ManualTime();
        await using var teams = await TeamsForTests.StartAsync(new() { Time = time, TimeFactor = factor, Limits = new() { PerSecond = 1000, PerConversation = [(2, 3600)] } });
        var chat = await teams.ChatAsync(teams.Ada);
        teams.Token = teams.Server.Login.NewToken();
        for (var i = 0; i < 2; i++) (await PostAsync()).ShouldStartWith("201 ");
        time.Move(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        teams.Token = teams.Server.Login.NewToken();
        (await PostAsync()).ShouldBe("429 Throttled");
        time.Move(TimeSpan.FromMilliseconds(1));
        (await PostAsync()).ShouldStartWith("201 ");

        Task<string> PostAsync() => teams.CallAsync(HttpMethod.Post, $"conversations/{chat}/activities", TeamsForTests.Message("x"));
    }

    [Fact]
    public async Task Conversations_have_limits_of_their_own_and_the_app_has_one_for_all()
    {
        var time = new ManualTime();
        await using var teams = await TeamsForTests.StartAsync(new() { Time = time, Limits = new() { PerSecond = 5, PerConversation = [(2, 1)] } });
        await teams.Server.Acting.InstallAsync(teams.Bob);
        var (ada, bob) = (await teams.ChatAsync(teams.Ada), await teams.ChatAsync(teams.Bob));
        time.Move(TimeSpan.FromSeconds(1));
        List<string> answers = [];
        foreach (var chat in (string[])[ada, ada, ada, bob, bob]) answers.Add((await teams.CallAsync(HttpMethod.Post, $"conversations/{chat}/activities", TeamsForTests.Message("x")))[..3]);
        answers.ShouldBe(["201", "201", "429", "201", "201"]);
        (await teams.CallAsync(HttpMethod.Post, "conversations", teams.Conversation(teams.Ada.Id))).ShouldStartWith("201 ");
        (await teams.CallAsync(HttpMethod.Post, "conversations", teams.Conversation(teams.Ada.Id))).ShouldBe("429 Throttled");
        teams.Server.Calls[Operation.Send].ShouldBe(new CallCount(5, 1));
        teams.Server.Calls[Operation.Create].ShouldBe(new CallCount(4, 1));
    }
}
