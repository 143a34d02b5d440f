using NudgeBot.Tests.WholeProgram;

namespace NudgeBot.Teams.Tests.BothPlatforms;

/// <summary>One person with an account in Slack and one in Teams, and one program that serves both.</summary>
public class OnePersonTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_nudge_comes_once_and_where_the_person_last_answered()
    {
        await using var town = await SharedTown.InstalledAsync();
        (await town.QueryAsync<string>("select count(*) || ' ' || min(split_part(p.email, '@', 1)) from accounts a join persons p on p.id = a.person_id group by p.id order by 1 desc"))
            .ShouldBe(["2 anna", "1 mara", "1 eve"], ignoreOrder: true);

        await town.MoveToAsync("2027-01-11 10:00");
        SharedTown.NudgesIn(town.AnnaInSlack).ShouldBe(1);
        town.AnnaInTeams.Nudges.ShouldBeEmpty("to get an app is no answer");
        SharedTown.NudgesIn(town.Eve).ShouldBe(1);
        town.Mara.Nudges.Count.ShouldBe(1);

        await town.AnnaInTeams.Types("I am here, mostly");
        await town.MoveToAsync("2027-01-12 10:00");
        SharedTown.NudgesIn(town.AnnaInSlack).ShouldBe(1);
        town.AnnaInTeams.Sees("What good looks like");

        // An answer to an old message, in the other place: from then on she is met there again.
        await town.AnnaInSlack.Chooses("Reviewing pull requests");
        await town.MoveToAsync("2027-01-14 10:00");
        town.AnnaInSlack.Sees("has GitHub Copilot been of any use to you yet?");
        town.NudgesOfAnna.ShouldBe(3);
        (await NudgesOfAnnaAsync(town)).ShouldBe(["day-0-welcome sent", "day-1-guide sent", "day-3-check-in sent"]);
    }

    [Fact]
    public async Task A_button_in_Teams_is_an_answer_there_as_words_are()
    {
        await using var town = await SharedTown.InstalledAsync();
        await town.AnnaInTeams.Types("settings");
        await town.MoveToAsync("2027-01-11 10:00");
        town.AnnaInTeams.Nudges.ShouldContain(words => words.Contains("I am NudgeBot"));
        await town.AnnaInSlack.Types("settings");

        await town.AnnaInTeams.Presses("Reviewing pull requests");
        await town.MoveToAsync("2027-01-12 10:00");

        town.AnnaInTeams.Sees("What good looks like");
        town.NudgesOfAnna.ShouldBe(2);
    }

    [Fact]
    public async Task Who_removes_the_app_in_Teams_is_reached_in_Slack()
    {
        await using var town = await SharedTown.InstalledAsync();
        await town.AnnaInTeams.Types("settings");
        await town.MoveToAsync("2027-01-11 10:00");
        SharedTown.NudgesIn(town.AnnaInSlack).ShouldBe(0);

        await town.AnnaInTeams.Removes();
        await town.MoveToAsync("2027-01-12 10:00");

        town.AnnaInSlack.Sees("What good looks like");
        town.NudgesOfAnna.ShouldBe(2);
        (await NudgesOfAnnaAsync(town)).ShouldBe(["day-0-welcome sent", "day-1-guide sent"]);
    }

    [Fact]
    public async Task When_the_app_is_taken_out_of_Slack_who_has_it_in_Teams_is_reached_there_and_the_others_are_not()
    {
        await using var town = await SharedTown.InstalledAsync();
        await town.MoveToAsync("2027-01-11 10:00");
        SharedTown.NudgesIn(town.AnnaInSlack).ShouldBe(1);

        await town.Slack.Acting.UninstallAsync(town.Acme);
        await town.SettleAsync();
        await town.MoveToAsync("2027-01-12 10:00");

        town.AnnaInTeams.Sees("What good looks like");
        (await NudgesOfAnnaAsync(town)).ShouldBe(["day-0-welcome sent", "day-1-guide sent"]);
        (await town.NudgesAsync()).ShouldContain("eve day-1-guide failed not-installed");

        await town.InstallSlackAsync();
        await town.AnnaInSlack.Types("settings");
        await town.MoveToAsync("2027-01-14 10:00");
        town.AnnaInSlack.Sees("has GitHub Copilot been of any use to you yet?");
        town.NudgesOfAnna.ShouldBe(3);
    }

    [Fact]
    public async Task What_is_answered_in_both_is_one_use_and_a_stop_in_one_is_a_stop_in_both()
    {
        await using var town = await SharedTown.InstalledAsync();
        await town.MoveToAsync("2027-01-14 10:00");

        await town.AnnaInSlack.Presses("It worked");
        await town.AnnaInTeams.Types("used");
        await town.AnnaInTeams.Types("used");
        (await town.QueryAsync<string>("select u.day::text from usage_days u join persons p on p.id = u.person_id where p.email = 'anna@acme.com'")).ShouldBe(["2027-01-14"]);

        await town.AnnaInTeams.Types("stop");
        await town.AnnaInSlack.Types("settings");
        town.AnnaInSlack.Sees("Messages are off.");
        var before = town.NudgesOfAnna;
        await town.MoveToAsync("2027-01-22 12:00");
        town.NudgesOfAnna.ShouldBe(before);
    }

    [Fact]
    public async Task A_win_stands_where_it_was_told_and_one_person_cheers_once()
    {
        await using var town = await SharedTown.InstalledAsync();
        var inSlack = town.Slack.World.AddChannel(town.Acme, "wins", members: [town.AnnaInSlack.User, town.Eve.User]);
        inSlack.Members.Add(town.Acme.Bot!.Id);
        var team = town.Teams.World.AddTeam("Payments", town.AnnaInTeams.Person, town.Mara.Person);
        await town.Teams.Acting.InstallAsync(team, town.Mara.Person);
        await town.ExecuteAsync("update workspaces set wins_channel = case platform when 'slack' then @slack else @teams end", new { slack = inSlack.Id, teams = team.Id });

        await town.Mara.Types("win the tests wrote themselves");
        await town.Mara.Presses("A win");
        await town.Mara.Sends();

        var post = town.Teams.MessagesIn(team.Channels[0]).ShouldHaveSingleItem();
        town.Slack.MessagesIn(inSlack, town.Eve.User).ShouldBeEmpty();
        await town.AnnaInTeams.Presses("Kudos", team.Channels[0]);
        await town.AnnaInTeams.Presses("Kudos 1", team.Channels[0]);
        NudgeBot.Teams.Tests.WholeProgram.ShownOnCards.Buttons(post.Card).ShouldContain("Kudos 1");

        await town.AnnaInSlack.Types("win list");
        town.AnnaInSlack.Sees("the tests wrote themselves");
    }

    [Fact]
    public async Task Two_programs_send_while_she_answers_in_both_at_once_and_she_gets_each_once()
    {
        await using var town = await SharedTown.InstalledAsync();
        TownProgram[] programs = [town.Program, await town.StartAsync()];
        foreach (var day in new[] { "2027-01-11 10:00", "2027-01-12 10:00", "2027-01-14 10:00" })
        {
            await town.ReadyForAsync(day);
            await Task.WhenAll(
            [
                .. programs.Select(program => program.Product.Tick.DispatchAsync(Cancellation)),
                town.Slack.Acting.SayAsync(town.AnnaInSlack.User, "it helps"),
                town.Teams.Acting.SayAsync(town.AnnaInTeams.Person, "it helps"),
            ]);
            await town.SettleAsync();
            await town.MoveToAsync(day);
        }

        (await NudgesOfAnnaAsync(town)).ShouldBe(["day-0-welcome sent", "day-1-guide sent", "day-3-check-in sent"]);
        town.NudgesOfAnna.ShouldBe(3);
    }

    static Task<IReadOnlyList<string>> NudgesOfAnnaAsync(SharedTown town) => town.QueryAsync<string>("""
        select concat_ws(' ', s.key, n.outcome, n.reason) from nudges n join steps s on s.id = n.step_id join persons p on p.id = n.person_id
        where p.email = 'anna@acme.com' and n.planned_at <= @now order by n.planned_at
        """);
}
