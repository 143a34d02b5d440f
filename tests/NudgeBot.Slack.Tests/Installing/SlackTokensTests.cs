using NodaTime;

namespace NudgeBot.Slack.Tests.Installing;

public sealed class SlackTokensTests
{
    static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task A_token_that_does_not_expire_is_never_renewed()
    {
        await using var company = await InstalledCompany.CreateAsync();
        var workspace = await company.InstallAsync("xoxb-for-ever", refresh: null);
        company.Wire.Now += Duration.FromDays(400);

        (await company.App.Tokens.OfAsync(workspace, Never)).ShouldBe("xoxb-for-ever");
        company.Slack.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_renewed_two_hours_before_its_end_with_the_new_refresh_token_each_time()
    {
        await using var company = await InstalledCompany.CreateAsync();
        var renewals = 0;
        company.Slack.Answer = _ => Task.FromResult<object?>(ScriptedSlack.Granted($"xoxe.xoxb-1-{++renewals}", $"xoxe-1-{renewals}"));
        var workspace = await company.InstallAsync();

        company.Wire.Now += Duration.FromMinutes(9 * 60 + 59);
        (await company.App.Tokens.OfAsync(workspace, Never)).ShouldBe("xoxe.xoxb-1-old");
        company.Wire.Now += Duration.FromMinutes(2);
        (await company.App.Tokens.OfAsync(workspace, Never)).ShouldBe("xoxe.xoxb-1-1");
        (await company.App.Tokens.OfAsync(workspace, Never)).ShouldBe("xoxe.xoxb-1-1");
        company.Wire.Now += Duration.FromHours(11);
        (await company.App.Tokens.OfAsync(workspace, Never)).ShouldBe("xoxe.xoxb-1-2");

        company.Slack.Calls.Select(call => call.Form["refresh_token"]).ShouldBe(["xoxe-1-old", "xoxe-1-1"]);
        company.Slack.Calls.ShouldAllBe(call => call.Method == "oauth.v2.access" && call.Form["grant_type"] == "refresh_token" && call.Authorization.StartsWith("Basic "));
    }

    [Fact]
    public async Task Callers_of_several_replicas_renew_an_expired_token_once_and_all_get_the_new_one()
    {
        await using var company = await InstalledCompany.CreateAsync();
        var answering = new TaskCompletionSource();
        company.Slack.Answer = async _ =>
        {
            await answering.Task;
            return ScriptedSlack.Granted("xoxe.xoxb-1-new");
        };
        var workspace = await company.InstallAsync();
        company.Wire.Now += Duration.FromHours(13);

        var replicas = new[] { company.App, company.Replica(), company.Replica() };
        var calls = Enumerable.Range(0, 30).Select(number => replicas[number % 3].Tokens.OfAsync(workspace, Never)).ToList();
        while (company.Slack.Calls.IsEmpty) await Task.Yield();
        answering.SetResult();

        (await Task.WhenAll(calls)).ShouldAllBe(token => token == "xoxe.xoxb-1-new");
        company.Slack.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_waits_for_a_renewal_while_the_old_token_works()
    {
        await using var company = await InstalledCompany.CreateAsync();
        var answering = new TaskCompletionSource();
        company.Slack.Answer = async _ =>
        {
            await answering.Task;
            return ScriptedSlack.Granted("xoxe.xoxb-1-new");
        };
        var workspace = await company.InstallAsync();
        company.Wire.Now += Duration.FromHours(11);

        var renewing = company.App.Tokens.OfAsync(workspace, Never);
        while (company.Slack.Calls.IsEmpty) await Task.Yield();
        (await company.Replica().Tokens.OfAsync(workspace, Never)).ShouldBe("xoxe.xoxb-1-old");

        answering.SetResult();
        (await renewing).ShouldBe("xoxe.xoxb-1-new");
    }

    [Fact]
    public async Task An_answer_that_got_lost_is_asked_for_again_when_the_lease_is_over_and_the_old_token_works_meanwhile()
    {
        await using var company = await InstalledCompany.CreateAsync();
        var workspace = await company.InstallAsync();
        company.Wire.Now += Duration.FromHours(11);

        (await company.App.Tokens.OfAsync(workspace, Never)).ShouldBe("xoxe.xoxb-1-old");
        (await company.Replica().Tokens.OfAsync(workspace, Never)).ShouldBe("xoxe.xoxb-1-old");
        company.Slack.Calls.Count.ShouldBe(1);

        await LetTheLeaseRunOut(company);
        company.Slack.Answer = _ => Task.FromResult<object?>(ScriptedSlack.Granted("xoxe.xoxb-1-new"));
        (await company.Replica().Tokens.OfAsync(workspace, Never)).ShouldBe("xoxe.xoxb-1-new");
        company.Slack.Calls.Select(call => call.Form["refresh_token"]).ShouldBe(["xoxe-1-old", "xoxe-1-old"]);
    }

    [Fact]
    public async Task A_refresh_token_that_was_used_up_before_a_crash_leaves_the_old_token_until_its_end()
    {
        await using var company = await InstalledCompany.CreateAsync();
        company.Slack.Answer = _ => Task.FromResult<object?>(ScriptedSlack.Refusing("invalid_refresh_token"));
        var workspace = await company.InstallAsync();

        company.Wire.Now += Duration.FromHours(11);
        (await company.App.Tokens.OfAsync(workspace, Never)).ShouldBe("xoxe.xoxb-1-old");
        (await company.App.Tokens.OfAsync(workspace, Never)).ShouldBe("xoxe.xoxb-1-old");
        company.Slack.Calls.Count.ShouldBe(1, "what Slack has refused for good is not asked for again");
        company.Log.Text.ShouldContain("Install the app again");
        (await company.App.Installations.ListAsync(Never)).Single().EndsAt.ShouldBe(InstalledCompany.Start + Duration.FromHours(12));

        company.Wire.Now += Duration.FromHours(1);
        (await company.App.Tokens.OfAsync(workspace, Never)).ShouldBeNull();
        (await company.AskAsync<bool>("select revoked_at is not null and bot_token is null from slack_installations")).ShouldBeTrue();

        await company.InstallAsync("xoxe.xoxb-1-again", "xoxe-1-again");
        (await company.App.Tokens.OfAsync(workspace, Never)).ShouldBe("xoxe.xoxb-1-again");
    }

    [Fact]
    public async Task A_new_token_that_came_late_is_recorded_although_another_replica_has_given_up()
    {
        await using var company = await InstalledCompany.CreateAsync();
        var answering = new TaskCompletionSource();
        company.Slack.Answer = async _ =>
        {
            if (company.Slack.Calls.Count > 1) return ScriptedSlack.Refusing("invalid_refresh_token");
            await answering.Task;
            return ScriptedSlack.Granted("xoxe.xoxb-1-new");
        };
        var workspace = await company.InstallAsync();
        company.Wire.Now += Duration.FromHours(11);

        var slow = company.App.Tokens.OfAsync(workspace, Never);
        while (company.Slack.Calls.IsEmpty) await Task.Yield();
        await LetTheLeaseRunOut(company);
        (await company.Replica().Tokens.OfAsync(workspace, Never)).ShouldBe("xoxe.xoxb-1-old");
        answering.SetResult();

        (await slow).ShouldBe("xoxe.xoxb-1-new");
        (await company.Replica().Tokens.OfAsync(workspace, Never)).ShouldBe("xoxe.xoxb-1-new");
    }

    [Fact]
    public async Task A_renewal_never_overwrites_an_installation_that_came_meanwhile()
    {
        await using var company = await InstalledCompany.CreateAsync();
        var answering = new TaskCompletionSource();
        company.Slack.Answer = async _ =>
        {
            await answering.Task;
            return ScriptedSlack.Granted("xoxe.xoxb-1-new");
        };
        var workspace = await company.InstallAsync();
        company.Wire.Now += Duration.FromHours(11);

        var renewing = company.App.Tokens.OfAsync(workspace, Never);
        while (company.Slack.Calls.IsEmpty) await Task.Yield();
        await company.InstallAsync("xoxe.xoxb-1-again", "xoxe-1-again");
        answering.SetResult();
        await renewing;

        (await company.App.Tokens.OfAsync(workspace, Never)).ShouldBe("xoxe.xoxb-1-again");
    }

    [Fact]
    public async Task No_token_stands_in_the_log_or_readable_in_the_database()
    {
        await using var company = await InstalledCompany.CreateAsync();
        var workspace = await company.InstallAsync();
        company.Wire.Now += Duration.FromHours(11);
        await company.App.Tokens.OfAsync(workspace, Never);

        company.Log.Text.ShouldContain("could not be renewed");
        foreach (var secret in new[] { "xoxe", "xoxb", "client-secret" })
        {
            company.Log.Text.ShouldNotContain(secret);
            (await company.AskAsync<string>("select concat(encode(bot_token, 'escape'), encode(refresh_token, 'escape')) from slack_installations")).ShouldNotContain(secret);
        }
    }

    static Task LetTheLeaseRunOut(InstalledCompany company) =>
        company.ExecuteAsync("update slack_installations set refreshing_until = refreshing_until - interval '3 minutes'");
}
