namespace NudgeBot.Slack.Tests.WholeProgram;

/// <summary>One organization in two workspaces, and a person with an account in both.</summary>
public class TwoWorkspacesTests
{
    [Fact]
    public async Task Somebody_in_two_workspaces_gets_each_message_once_where_they_were_heard_last()
    {
        await using var town = await SlackTown.FoundAsync();
        var labs = town.Slack.World.AddTeam("Acme Labs");
        var eveInLabs = town.Join(labs, "Eve Winter");
        var strangerInLabs = town.Join(labs, "Olaf Holm");
        var environment = town.OAuthEnvironment;
        environment["NUDGEBOT_SLACK_TEAMS"] = labs.Id;
        await town.StartAsync(environment);
        await town.InstallAsync(town.Anna);
        // The first account that is known is the one that is written to.
        await town.RunAsync();
        await town.InstallAsync(strangerInLabs);

        await town.MoveToAsync("2027-01-11 10:00");
        town.Eve.Heard.ShouldHaveSingleItem();
        town.Slack.MessagesWith(eveInLabs.User).ShouldBeEmpty();

        await eveInLabs.Types("I am here, mostly");
        eveInLabs.Heard.ShouldBe(["Thank you, noted."]);
        await town.MoveToAsync("2027-01-12 10:00");
        town.Eve.Heard.Count.ShouldBe(1);
        eveInLabs.Heard.Count.ShouldBe(2);

        // An answer to an old message, in the other workspace: from then on they are met there again.
        await town.Eve.Chooses("Reviewing pull requests");
        await town.MoveToAsync("2027-01-14 10:00");
        town.Eve.Sees("has GitHub Copilot been of any use to you yet?");
        eveInLabs.Heard.Count.ShouldBe(2);
        (await town.QueryAsync<string>("select s.key || ' ' || n.outcome from nudges n join steps s on s.id = n.step_id join persons p on p.id = n.person_id where p.email = 'eve@acme.com' and n.planned_at <= @now order by n.planned_at"))
            .ShouldBe(["day-0-welcome sent", "day-1-guide sent", "day-3-check-in sent"]);
        town.NothingWentWrong();
    }

    [Fact]
    public async Task A_second_workspace_that_nobody_listed_is_refused_by_name()
    {
        await using var town = await SlackTown.InstalledAsync();
        var elsewhere = town.Slack.World.AddTeam("Elsewhere");

        (await town.InstallAsync(town.Join(elsewhere, "Mallory Marsh"))).ShouldContain($"adds {elsewhere.Id} to NUDGEBOT_SLACK_TEAMS");

        (await town.QueryAsync<string>("select external_id from workspaces")).ShouldBe([town.Acme.Id]);
    }
}
