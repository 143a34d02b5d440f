using NudgeBot.FakeSlack.Faults;

namespace NudgeBot.Slack.Tests.WholeProgram;

/// <summary>The app is taken out of the workspace, may do less than it should, or is refused: it stops there, says so, and goes on when it is put right.</summary>
public class LeavingTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_uninstalled_app_calls_no_more_and_goes_on_after_the_next_install()
    {
        await using var town = await WelcomedAsync();

        await town.Slack.Acting.UninstallAsync(town.Acme);
        await town.SettleAsync();
        (await town.Program.HealthAsync("slack")).ShouldStartWith("Degraded: Workspace 1: the app is not there any more, since 2027-01-11T09:00:00Z.");
        await StaysAwayAsync(town);

        (await town.InstallAsync(town.Anna)).ShouldContain("It lives in Acme now.");
        await GoesOnAsync(town);
    }

    [Fact]
    public async Task A_token_that_Slack_revoked_without_a_word_ends_with_the_first_call()
    {
        await using var town = await WelcomedAsync();
        foreach (var token in town.Slack.World.Tokens.Values) token.Revoked = true;

        await town.MoveToAsync("2027-01-12 10:00");
        (await town.Program.HealthAsync("slack")).ShouldStartWith("Degraded: Workspace 1: the app is not there any more, since 2027-01-12T09:00:00Z.");
        await StaysAwayAsync(town);

        await town.InstallAsync(town.Anna);
        await GoesOnAsync(town);
    }

    [Fact]
    public async Task A_scope_that_is_missing_is_named_on_the_page_in_health_and_in_the_log()
    {
        await using var town = await SlackTown.FoundAsync();
        await town.StartAsync();

        (await town.InstallAsync(town.Anna, scope => scope != "chat:write")).ShouldContain("In Acme it lacks: chat:write. Bring the app's manifest up to date in Slack, then install again.");
        (await town.Program.HealthAsync("slack")).ShouldBe("Degraded: Workspace 1: the app lacks chat:write.");
        await town.MoveToAsync("2027-01-11 10:00");
        (await OutcomesAsync(town)).ShouldBe(["anna failed rejected", "eve failed rejected", "mara failed rejected"]);
        town.Program.Log.Text.ShouldContain("Slack refused chat.postMessage in workspace 1: missing_scope, missing scope: chat:write.");

        await town.InstallAsync(town.Anna);
        (await town.Program.HealthAsync("slack")).ShouldBe("Healthy: Installed in 1 workspace.");
        await town.MoveToAsync("2027-01-12 10:00");
        town.Eve.Heard.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Without_the_right_to_see_addresses_nobody_is_found_and_everybody_who_speaks_is_told_so()
    {
        await using var town = await SlackTown.FoundAsync();
        await town.StartAsync();
        await town.InstallAsync(town.Anna, scope => scope != "users:read.email");

        await town.MoveToAsync("2027-01-11 10:00");

        (await town.Program.HealthAsync("slack")).ShouldBe("Degraded: Workspace 1: the app lacks users:read.email.");
        (await town.QueryAsync<string>("select distinct concat_ws(' ', outcome, reason) from nudges where planned_at <= @now")).ShouldBe(["skipped no-account"]);
        await town.Anna.Types("help");
        town.Anna.Sees("I do not know you yet");
    }

    [Theory]
    [InlineData("channel_not_found", "no-channel")]
    [InlineData("is_archived", "no-channel")]
    [InlineData("messages_tab_disabled", "blocked-by-user")]
    [InlineData("restricted_action", "rejected")]
    public async Task What_Slack_refuses_for_one_person_is_the_outcome_for_that_person_alone(string error, string reason)
    {
        await using var town = await SlackTown.InstalledAsync();
        town.Slack.Faults.Next("chat.postMessage", new Fault.Error(error));

        await town.MoveToAsync("2027-01-11 10:00");
        (await town.QueryAsync<string>("select concat_ws(' ', outcome, reason) from nudges where workspace_id is not null and planned_at <= @now order by 1"))
            .ShouldBe([$"failed {reason}", "sent", "sent"]);

        await town.MoveToAsync("2027-01-12 10:00");
        foreach (var person in new[] { town.Anna, town.Eve, town.Mara }) person.Sees("What good looks like");
    }

    [Fact]
    public async Task Somebody_who_was_deactivated_since_the_people_were_read_gets_nothing_and_holds_up_nobody()
    {
        await using var town = await SlackTown.FoundAsync();
        await town.StartAsync();
        await town.InstallAsync(town.Anna);
        await town.ReadyForAsync("2027-01-11 10:00");
        await town.ExecuteAsync("update accounts set conversation = null where organization_id = 1");
        await town.LimitsPassAsync();
        town.Slack.World.Replace(town.Eve.User with { Deleted = true });

        await town.MoveToAsync("2027-01-11 10:00");

        (await OutcomesAsync(town)).ShouldBe(["anna sent", "eve failed no-channel", "mara sent"]);
        town.Eve.Heard.ShouldBeEmpty();
    }

    static async Task<SlackTown> WelcomedAsync()
    {
        var town = await SlackTown.InstalledAsync();
        await town.MoveToAsync("2027-01-11 10:00");
        return town;
    }

    /// <summary>Tuesday's messages fail as not installed, and Slack hears nothing of it.</summary>
    static async Task StaysAwayAsync(SlackTown town)
    {
        await town.MoveToAsync("2027-01-12 10:00");
        (await town.QueryAsync<string>("select distinct concat_ws(' ', outcome, reason) from nudges where workspace_id is not null and decided_at > '2027-01-12'"))
            .ShouldBe(["failed not-installed"]);
        var calls = town.Slack.Calls.Values.Sum(count => count.Calls);
        await town.MoveToAsync("2027-01-13 12:00");
        town.Slack.Calls.Values.Sum(count => count.Calls).ShouldBe(calls);
        town.Eve.Heard.Count.ShouldBe(1);
    }

    /// <summary>Thursday's message comes, and answering works.</summary>
    static async Task GoesOnAsync(SlackTown town)
    {
        (await town.Program.HealthAsync("slack")).ShouldBe("Healthy: Installed in 1 workspace.");
        await town.MoveToAsync("2027-01-14 10:00");
        await town.Eve.Presses("It worked");
        town.Eve.Sees("Good to hear. Thank you.");
        town.Eve.Heard.Count.ShouldBe(3);
    }

    static Task<IReadOnlyList<string>> OutcomesAsync(SlackTown town) => town.QueryAsync<string>("""
        select concat_ws(' ', split_part(p.email, '@', 1), n.outcome, n.reason) from nudges n join persons p on p.id = n.person_id
        where n.workspace_id is not null and n.planned_at <= @now order by 1
        """);
}
