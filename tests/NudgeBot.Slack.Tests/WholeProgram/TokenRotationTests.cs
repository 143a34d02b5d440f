using NudgeBot.FakeSlack;
using NudgeBot.Tests.WholeProgram;

namespace NudgeBot.Slack.Tests.WholeProgram;

/// <summary>Tokens that expire: the one that renews them dies on use, so two programs must not both use it.</summary>
public class TokenRotationTests
{
    static readonly FakeSlackOptions Rotating = new() { App = new FakeApp { RotatesTokens = true } };

    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    public async Task Two_programs_that_call_at_once_renew_a_token_once(int endsInMinutes)
    {
        await using var town = await SlackTown.InstalledAsync(Rotating);
        await town.CrowdAsync(20);
        TownProgram[] programs = [town.Program, await town.StartAsync()];
        await town.ReadyForAsync("2027-01-11 10:00");
        await town.ExecuteAsync("update slack_installations set expires_at = clock_timestamp() + @endsInMinutes * interval '1 minute' where organization_id = 1", new { endsInMinutes });
        var old = town.Slack.World.Tokens.Values.Single();
        old.ExpiresAt = town.Slack.Time.Now + NodaTime.Duration.FromMinutes(endsInMinutes);

        await Task.WhenAll(programs.Select(program => program.Product.Tick.DispatchAsync(TestContext.Current.CancellationToken)));

        town.Calls("oauth.v2.access").ShouldBe(2, "one for the install, one for the renewal");
        old.RefreshTokenUsed.ShouldBeTrue();
        (await town.NudgesAsync()).Where(nudge => !nudge.EndsWith("no-account")).ShouldAllBe(nudge => nudge.EndsWith(" sent"));
        town.NothingWentWrong();
    }
}
