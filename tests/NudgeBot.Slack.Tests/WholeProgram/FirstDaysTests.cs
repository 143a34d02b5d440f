namespace NudgeBot.Slack.Tests.WholeProgram;

/// <summary>From the click on "install" to the answers to the first messages.</summary>
public class FirstDaysTests
{
    [Fact]
    public async Task Everybody_who_is_nudged_and_reachable_is_welcomed_in_their_direct_messages_and_nobody_else()
    {
        await using var town = await SlackTown.FoundAsync();
        await town.StartAsync();
        (await town.Program.HealthAsync("slack")).ShouldBe("Degraded: Not installed in any workspace yet.");

        (await town.InstallAsync(town.Anna)).ShouldContain("It lives in Acme now.");
        await town.RunAsync();

        (await town.QueryAsync<string>("select split_part(p.email, '@', 1) from accounts a join persons p on p.id = a.person_id where conversation is not null order by 1"))
            .ShouldBe(["anna", "eve", "hana", "mara"], "channels are opened ahead");
        town.Anna.Heard.ShouldBeEmpty();
        (await town.Program.HealthAsync("slack")).ShouldBe("Healthy: Installed in 1 workspace.");

        await town.MoveToAsync("2027-01-11 10:00");

        foreach (var person in new[] { town.Anna, town.Eve, town.Mara }) person.Heard.ShouldHaveSingleItem().ShouldStartWith($"Hello {person.User.RealName.Split(' ')[0]}, I am NudgeBot.");
        foreach (var person in new[] { town.Hana, town.Gina, town.Dora, town.Hedda, town.Stranger }) town.Slack.MessagesWith(person.User).ShouldBeEmpty();
        (await town.NudgesAsync()).ShouldBe(
        [
            "anna day-0-welcome sent", "cleo day-0-welcome skipped no-account", "dora day-0-welcome skipped no-account", "eve day-0-welcome sent",
            "gina day-0-welcome skipped no-account", "hedda day-0-welcome skipped no-account", "mara day-0-welcome sent",
        ]);
        town.NothingWentWrong();
    }

    [Fact]
    public async Task What_somebody_says_on_the_third_day_changes_their_message_and_brings_what_fits()
    {
        await using var town = await SlackTown.InstalledAsync();
        await town.MoveToAsync("2027-01-11 10:00");
        await town.Anna.Chooses("Reviewing pull requests");
        town.Anna.Sees("Noted: *Reviewing pull requests*.");
        await town.MoveToAsync("2027-01-14 10:00");

        foreach (var person in new[] { town.Anna, town.Eve, town.Mara }) person.Sees("has GitHub Copilot been of any use to you yet?");
        var before = town.Eve.Heard.Count;
        await town.Eve.Presses("It worked");
        town.Eve.Heard[before - 1].ShouldContain("has GitHub Copilot been of any use to you yet?");
        town.Eve.Heard[before - 1].ShouldEndWith("Your answer: *It worked*");
        town.Eve.Heard.Count.ShouldBe(before + 1);
        town.Eve.Sees("Good to hear. Thank you.");
        town.Eve.Sees("Document the legacy code below");

        await town.Eve.Presses("Minutes saved?");
        town.Eve.FormTitle.ShouldBe("Minutes saved");
        await town.Eve.Sends(("About how many minutes a week does it save you?", "2401"));
        town.Eve.SeesError("About how many minutes a week does it save you?", "Give a whole number from 0 to 2400.");
        await town.Eve.Sends(("About how many minutes a week does it save you?", "90"));
        town.Eve.HasForm.ShouldBeFalse();
        town.Eve.Sees("Noted: about 90 minutes a week.");

        await town.Anna.Presses("Tried, not useful");
        town.Anna.Sees("Here is a better one:");
        town.Anna.Sees("Review this diff with me.");

        await town.Mara.Presses("Blocked");
        town.Mara.Sees("What is in the way?");
        await town.Mara.Chooses("No time");
        town.Mara.Sees("Noted: *No time*.");

        (await town.QueryAsync<string>("""
            select concat_ws(' ', split_part(p.email, '@', 1), r.kind, r.value, r.minutes) from responses r join persons p on p.id = r.person_id order by r.id
            """)).ShouldBe(["anna chore code-review", "eve worked", "eve minutes-saved 90", "anna not-useful", "mara blocked", "mara blocked-why no-time"]);
        (await town.QueryAsync<string>("select concat_ws(' ', split_part(p.email, '@', 1), u.tool, u.day, u.source) from usage_days u join persons p on p.id = u.person_id order by 1"))
            .ShouldBe(["anna copilot 2027-01-14 self", "eve copilot 2027-01-14 self"]);
        town.NothingWentWrong();
    }
}
