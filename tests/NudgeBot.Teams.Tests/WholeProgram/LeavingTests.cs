using NudgeBot.FakeTeams;
using NudgeBot.FakeTeams.Faults;

namespace NudgeBot.Teams.Tests.WholeProgram;

/// <summary>The app is removed, blocked or refused, or Microsoft moves the tenant: it stops where it must, says so, and goes on when it is put right.</summary>
public class LeavingTests
{
    [Fact]
    public async Task Who_has_removed_the_app_gets_nothing_and_goes_on_when_it_is_back()
    {
        await using var town = await WelcomedAsync();

        await town.Eve.Removes();
        await town.MoveToAsync("2027-01-12 10:00");
        town.Eve.Nudges.Count.ShouldBe(1);
        (await OutcomesAsync(town, "day-1-guide")).ShouldBe(["anna sent", "eve failed not-installed", "mara sent"]);

        await town.Eve.Installs();
        town.Eve.Sees("Hello Eve Winter.");
        await town.MoveToAsync("2027-01-14 10:00");
        await town.Eve.Presses("It worked");
        town.Eve.Sees("Good to hear. Thank you.");
    }

    [Fact]
    public async Task Who_blocks_the_bot_gets_nothing_and_holds_up_nobody()
    {
        await using var town = await WelcomedAsync();

        town.Eve.Person.Blocks = true;
        await town.MoveToAsync("2027-01-12 10:00");
        (await OutcomesAsync(town, "day-1-guide")).ShouldBe(["anna sent", "eve failed blocked-by-user", "mara sent"]);

        town.Eve.Person.Blocks = false;
        await town.MoveToAsync("2027-01-14 10:00");
        town.Eve.Sees("has GitHub Copilot been of any use to you yet?");
    }

    [Fact]
    public async Task Who_leaves_a_team_hears_nothing_less_and_a_team_without_the_app_is_not_posted_to()
    {
        await using var town = await WelcomedAsync();
        var team = await town.ChannelAsync("payments");
        await town.ExecuteAsync("insert into team_channels (organization_id, workspace_id, team, external_id) select 1, id, 'Payments', @Id from workspaces where organization_id = 1", new { team.Id });
        await town.Teams.Acting.UninstallAsync(town.Payments, town.Anna.Person);

        await town.MoveToAsync("2027-01-18 10:00");

        town.Teams.MessagesIn(team).ShouldBeEmpty();
        (await town.QueryAsync<string>("select concat_ws(' ', outcome, reason) from team_posts where planned_at <= @now")).ShouldBe(["failed no-channel"]);
        town.Anna.Nudges.Count.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task When_Microsoft_moves_the_tenant_the_first_word_of_anybody_finds_it_again_for_everybody()
    {
        await using var town = await WelcomedAsync();
        town.Teams.MoveTo("amer");
        await town.Anna.Types("settings");
        town.Anna.Sees("Messages are on.");

        await town.MoveToAsync("2027-01-12 10:00");

        (await OutcomesAsync(town, "day-1-guide")).ShouldBe(["anna sent", "eve sent", "mara sent"]);
        foreach (var person in town.Nudged) person.Sees("What good looks like");
        (await town.Program.HealthAsync("teams")).ShouldBe("Healthy: Connected.");
        (await town.QueryAsync<string>("select distinct split_part(a.conversation, ' ', 1) from accounts a join nudges n on n.person_id = a.person_id where n.outcome = 'sent'"))
            .ShouldBe([town.Teams.ServiceUrl.ToString()]);
    }

    [Fact]
    public async Task A_token_that_ended_before_its_time_is_renewed_and_nobody_notices()
    {
        await using var town = await WelcomedAsync();
        town.Teams.Login.RevokeAll();

        await town.MoveToAsync("2027-01-12 10:00");

        (await OutcomesAsync(town, "day-1-guide")).ShouldBe(["anna sent", "eve sent", "mara sent"]);
        town.Calls(Operation.Token).ShouldBe(2);
        town.NothingWentWrong();
    }

    [Fact]
    public async Task A_login_that_refuses_the_bot_is_told_and_costs_no_nudge()
    {
        await using var town = await WelcomedAsync();
        var refused = new Fault.Refuses(401, "invalid_client", "AADSTS7000222: The provided client secret keys are expired.");
        town.Teams.Faults.Sometimes(Operation.Token, refused, probability: 1);
        town.Teams.Login.RevokeAll();

        await town.MoveToAsync("2027-01-12 10:00");
        (await town.Program.HealthAsync("teams")).ShouldStartWith("Degraded: Microsoft's login refuses the bot: ");
        (await OutcomesAsync(town, "day-1-guide")).ShouldBe(["anna pending throttled", "eve pending throttled", "mara pending throttled"]);

        town.Teams.Faults.Sometimes(Operation.Token, refused, probability: 0);
        await town.MoveToAsync("2027-01-12 10:30");
        (await OutcomesAsync(town, "day-1-guide")).ShouldBe(["anna sent", "eve sent", "mara sent"]);
        (await town.Program.HealthAsync("teams")).ShouldBe("Healthy: Connected.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_login_that_does_not_answer_costs_no_nudge(bool hangs)
    {
        await using var town = await TeamsTown.InstalledAsync(new FakeTeamsOptions { HangsFor = TimeSpan.FromMilliseconds(200) });
        await town.MoveToAsync("2027-01-11 10:00");
        Fault fault = hangs ? new Fault.TimesOut() : new Fault.Fails(503);
        town.Teams.Faults.Sometimes(Operation.Token, fault, probability: 1);
        town.Teams.Login.RevokeAll();
        await town.MoveToAsync("2027-01-12 10:00");
        (await OutcomesAsync(town, "day-1-guide")).ShouldBe(["anna pending throttled", "eve pending throttled", "mara pending throttled"]);

        town.Teams.Faults.Sometimes(Operation.Token, fault, probability: 0);
        await town.MoveToAsync("2027-01-12 10:05");
        (await OutcomesAsync(town, "day-1-guide")).ShouldBe(["anna sent", "eve sent", "mara sent"]);
        foreach (var person in town.Nudged) person.Nudges.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_bot_whose_secret_is_wrong_does_not_start_and_says_why_without_it()
    {
        await using var town = await TeamsTown.FoundAsync();

        var error = await Should.ThrowAsync<SettingException>(() => town.StartAsync(town.With(("TEAMS_APP_PASSWORD", "another-secret"))));

        error.Message.ShouldContain("AADSTS7000215");
        error.Message.ShouldNotContain("another-secret");
    }

    static async Task<TeamsTown> WelcomedAsync()
    {
        var town = await TeamsTown.InstalledAsync();
        await town.MoveToAsync("2027-01-11 10:00");
        foreach (var person in town.Nudged) person.Nudges.ShouldHaveSingleItem();
        return town;
    }

    static Task<IReadOnlyList<string>> OutcomesAsync(TeamsTown town, string step) => town.QueryAsync<string>($"""
        select concat_ws(' ', split_part(p.email, '@', 1), n.outcome, n.reason) from nudges n join persons p on p.id = n.person_id join steps s on s.id = n.step_id
        where p.email in ('anna@acme.com', 'eve@acme.com', 'mara@acme.com') and s.key = '{step}' order by 1
        """);
}
