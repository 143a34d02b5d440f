namespace NudgeBot.Teams.Tests.WholeProgram;

/// <summary>From the moment that people get the app to the answers to the first messages.</summary>
public class FirstDaysTests
{
    [Fact]
    public async Task Everybody_who_is_nudged_and_has_the_app_is_welcomed_in_their_personal_chat_and_nobody_else()
    {
        await using var town = await TeamsTown.FoundAsync();
        await town.StartAsync();
        (await town.Program.HealthAsync("teams")).ShouldStartWith("Degraded: Nothing has come from Teams yet.");

        foreach (var person in new[] { town.Anna, town.Eve, town.Mara, town.Hana, town.Gina, town.Stranger }) await person.Installs();

        (await town.Program.HealthAsync("teams")).ShouldBe("Healthy: Connected.");
        foreach (var person in new[] { town.Anna, town.Eve, town.Mara, town.Hana }) person.Heard.ShouldHaveSingleItem().ShouldStartWith($"Hello {person.Person.Name}. ");

        await town.MoveToAsync("2027-01-11 10:00");

        foreach (var person in town.Nudged) person.Nudges.ShouldHaveSingleItem().ShouldStartWith($"Hello {person.Person.Name.Split(' ')[0]}, I am NudgeBot.");
        foreach (var person in new[] { town.Hana, town.Gina, town.Stranger, town.Cleo }) person.Nudges.ShouldBeEmpty();
        (await town.NudgesAsync()).ShouldBe(
        [
            "anna day-0-welcome sent", "cleo day-0-welcome skipped no-account", "eve day-0-welcome sent", "gina day-0-welcome skipped no-account", "mara day-0-welcome sent",
        ]);
        town.NothingWentWrong();
    }

    [Fact]
    public async Task What_somebody_says_on_the_third_day_changes_their_message_for_everybody_and_brings_what_fits()
    {
        await using var town = await TeamsTown.InstalledAsync();
        await town.MoveToAsync("2027-01-11 10:00");
        await town.Anna.Presses("Reviewing pull requests");
        town.Anna.Sees("Noted: Reviewing pull requests.");
        await town.MoveToAsync("2027-01-14 10:00");

        foreach (var person in town.Nudged) person.Sees("has GitHub Copilot been of any use to you yet?");
        var question = town.Eve.WithButton("It worked");
        var before = town.Eve.Heard.Count;
        await town.Eve.Presses("It worked");
        town.Eve.Heard[before - 1].ShouldContain("has GitHub Copilot been of any use to you yet?");
        town.Eve.Heard[before - 1].ShouldEndWith("Your answer: It worked");
        ShownOnCards.Text(question.Card).ShouldEndWith("Your answer: It worked", customMessage: "the message itself, and not only what this one client shows");
        town.Eve.Heard.Count.ShouldBe(before + 1);
        town.Eve.Sees("Good to hear. Thank you.");
        town.Eve.Sees("Document the legacy code below");

        await town.Anna.Presses("Tried, not useful");
        town.Anna.Sees("Here is a better one:");
        town.Anna.Sees("Review this diff with me.");

        await town.Mara.Presses("Blocked");
        town.Mara.Sees("What is in the way?");
        await town.Mara.Presses("No time");
        town.Mara.Sees("Noted: No time.");

        (await town.QueryAsync<string>("""
            select concat_ws(' ', split_part(p.email, '@', 1), s.key, r.kind, r.value)
            from responses r join persons p on p.id = r.person_id left join steps s on s.id = r.step_id order by r.id
            """)).ShouldBe(["anna day-0-welcome chore code-review", "eve day-3-check-in worked", "anna day-3-check-in not-useful", "mara day-3-check-in blocked", "mara day-3-check-in blocked-why no-time"]);
        (await town.QueryAsync<string>("select concat_ws(' ', split_part(p.email, '@', 1), u.tool, u.day, u.source) from usage_days u join persons p on p.id = u.person_id order by 1"))
            .ShouldBe(["anna copilot 2027-01-14 self", "eve copilot 2027-01-14 self"]);
        town.NothingWentWrong();
    }

    [Fact]
    public async Task A_dialog_says_what_is_wrong_below_the_field_and_keeps_what_was_filled_in()
    {
        const string Minutes = "About how many minutes a week does it save you?";
        await using var town = await TeamsTown.InstalledAsync();
        await town.MoveToAsync("2027-01-14 10:00");
        await town.Eve.Presses("It worked");

        await town.Eve.Presses("Minutes saved?");
        town.Eve.Dialog.Title.ShouldBe("Minutes saved");
        // Clients look at the limits themselves; not all of them do.
        await town.Eve.Sends((Minutes, "2401"));
        town.Eve.SeesError(Minutes, "Give a whole number from 0 to 2400.");
        await town.Eve.Sends((Minutes, "90"));
        town.Eve.HasDialog.ShouldBeFalse();
        town.Eve.Sees("Noted: about 90 minutes a week.");

        (await town.QueryAsync<string>("select concat_ws(' ', kind, minutes) from responses order by id")).ShouldBe(["worked", "minutes-saved 90"]);
        town.NothingWentWrong();
    }

    [Fact]
    public async Task An_answer_to_an_old_message_still_counts_and_is_counted_once()
    {
        await using var town = await TeamsTown.InstalledAsync();
        await town.MoveToAsync("2027-01-14 10:00");
        var question = town.Eve.WithButton("It worked");
        await town.MoveToAsync("2027-01-21 12:00");
        town.Eve.Nudges.Count.ShouldBeGreaterThan(3);

        await town.Eve.Presses("It worked", question);
        // What another device still shows.
        await town.Teams.Deliveries.AgainAsync(town.Teams.Deliveries.All[^1]);
        await town.SettleAsync();

        ShownOnCards.Text(question.Card).ShouldEndWith("Your answer: It worked");
        (await town.QueryAsync<string>("select s.key || ' ' || r.kind from responses r join steps s on s.id = r.step_id")).ShouldBe(["day-3-check-in worked"]);
        town.NothingWentWrong();
    }
}
