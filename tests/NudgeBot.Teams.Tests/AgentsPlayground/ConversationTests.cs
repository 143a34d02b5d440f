using static Microsoft.Playwright.Assertions;
using static NudgeBot.Teams.Tests.AgentsPlayground.PlaygroundVisitor;

namespace NudgeBot.Teams.Tests.AgentsPlayground;

/// <summary>
/// Anna and the program talk in a client that nobody here wrote. A press on a button that asks for a dialog (<c>task/fetch</c>) is nothing there, neither at the
/// page nor by its API: such forms are cards in the chat. Dialogs from a message's menu open. It has no dark colours, and forgets the chat when it is loaded again.
/// </summary>
public sealed class ConversationTests
{
    const string CheckIn = "a short question: has GitHub Copilot been of any use to you yet?";

    [Fact]
    public async Task Somebody_is_welcomed_asked_and_answered_and_everything_is_logged()
    {
        await using var town = await PlaygroundTown.FoundAsync();
        var anna = await OpenAsync(town.Client);
        await Expect(anna.LastCard).ToContainTextAsync("Hello Anna Bauer.");

        await town.MoveToAsync("2027-01-11 10:00");
        var welcome = anna.Card("which chore annoys you most?");
        await Expect(Button("Understanding old code", welcome)).ToBeVisibleAsync();
        await anna.PictureAsync("teams-welcome.png", welcome);
        await Presses("Writing tests", welcome);
        await Expect(anna.LastCard).ToHaveTextAsync("Noted: Writing tests. I will pick that up.");

        await town.MoveToAsync("2027-01-12 10:00");
        var guide = anna.Card("pick one small function");
        await Presses("Text to copy", guide);
        await Expect(guide.GetByLabel("Go into the field")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^Write unit tests for the function below.\n\nContext: "));
        await Presses("It worked", guide);
        await Expect(guide).ToContainTextAsync("Your answer: It worked");
        await Expect(Button("Not useful", guide)).ToHaveCountAsync(0);

        await town.MoveToAsync("2027-01-14 10:00");
        var checkIn = anna.Card(CheckIn);
        await Expect(Button("Blocked", checkIn)).ToBeVisibleAsync();
        await anna.PictureAsync("teams-check-in.png", checkIn);
        await Presses("Not yet", checkIn);
        await Expect(checkIn).ToContainTextAsync("Your answer: Not yet");
        await Expect(checkIn.GetByRole(Microsoft.Playwright.AriaRole.Button)).ToHaveCountAsync(0);
        await Expect(anna.LastCard).ToContainTextAsync("The smallest next step:");

        await town.MoveToAsync("2027-01-21 10:00");
        await Presses("Tell me why not", anna.LastCard);
        var whyNot = anna.Card("What keeps you from it?");
        await whyNot.GetByLabel("What keeps you from it?").FillAsync("Reviews take all my time.");
        await Presses("Send", whyNot);
        await Expect(anna.LastCard).ToHaveTextAsync("Thank you. That is useful to know.");

        await town.MoveToAsync("2027-01-25 10:00");
        await Presses("Blocked", anna.LastCard);
        await Presses("Technical", anna.Card("What is in the way?"));
        await Expect(anna.LastCard).ToContainTextAsync("Noted: Technical.");

        (await town.QueryAsync<string>("""
            select concat_ws(' ', s.key, r.kind, r.value) from responses r join steps s on s.id = r.step_id where r.organization_id = 1 order by r.id
            """)).ShouldBe([
            "day-0-welcome chore writing-tests", "day-1-guide worked", "day-3-check-in not-yet", "day-10-re-engagement why-not Reviews take all my time.",
            "day-14-check-in blocked", "day-14-check-in blocked-why technical",
        ]);
        (await town.QueryAsync<string>("select day || ' ' || source from usage_days where organization_id = 1")).ShouldBe(["2027-01-12 self"]);
        (await town.QueryAsync<string>("select distinct outcome from nudges n join persons p on p.id = n.person_id where p.email = 'anna@acme.com' and planned_at < '2027-01-25'"))
            .ShouldBe(["sent"]);
    }

    [Fact]
    public async Task Words_are_commands_a_slip_of_the_finger_is_met_with_what_was_meant_and_a_form_says_what_is_wrong_with_a_field()
    {
        const string what = "Tests for the *invoice* export & <its> totals";
        await using var town = await PlaygroundTown.FoundAsync();
        var anna = await OpenAsync(town.Client);
        await Expect(anna.LastCard).ToContainTextAsync("Hello Anna Bauer.");

        await anna.Types("help");
        await Expect(anna.LastCard).ToContainTextAsync("snooze [days]: No messages for some days.");
        await Expect(anna.LastCard).Not.ToContainTextAsync("/nudge");
        await anna.Types("snoze 3");
        await Presses("snooze 3", anna.Card("Did you mean snooze 3?"));
        await Expect(anna.LastCard).ToContainTextAsync("Quiet until 2027-01-13.");
        await anna.Types("stop");
        await Expect(anna.LastCard).ToContainTextAsync("I have stopped.");
        await town.MoveToAsync("2027-01-12 11:00");
        await anna.Types("settings");
        await Expect(anna.LastCard).ToContainTextAsync("role developer. Messages are off.");
        (await town.QueryAsync<int>("select count(*)::int from nudges n join persons p on p.id = n.person_id where p.email = 'anna@acme.com' and outcome = 'sent'")).ShouldBe([0]);
        await anna.Types("resume");
        await Expect(anna.LastCard).ToContainTextAsync("Welcome back.");

        await anna.Types("win");
        var form = anna.Card("What went well?");
        await form.GetByLabel("What went well?").FillAsync("  ");
        await form.GetByLabel("The prompt you used").FillAsync("Write tests for <this>.");
        await Presses("Send", form);
        await Expect(form).ToContainTextAsync("Write in a sentence or two what went well.");
        await Expect(form.GetByLabel("The prompt you used")).ToHaveValueAsync("Write tests for <this>.");
        await anna.PictureAsync("teams-form.png", form);
        await form.GetByLabel("What went well?").FillAsync(what);
        await form.GetByLabel("About how many minutes").FillAsync("30");
        await Presses("Send", form);
        await Expect(anna.LastCard).ToContainTextAsync("Thank you. It is kept");
        await Expect(anna.Cards.Filter(new() { HasText = "What went well?" })).ToHaveCountAsync(0);
        (await town.QueryAsync<string>("select concat_ws('|', tool, what, prompt, minutes) from wins where organization_id = 1")).ShouldBe([$"GitHub Copilot|{what}|Write tests for <this>.|30"]);
        await anna.Types("win list");
        await Expect(anna.LastCard).ToContainTextAsync(what);
    }

    [Fact]
    public async Task A_message_is_shared_as_a_win_in_a_dialog_that_says_what_is_wrong_with_a_field()
    {
        const string said = "The migration took an hour & not a day";
        await using var town = await PlaygroundTown.FoundAsync();
        var anna = await OpenAsync(town.Client);
        await Expect(anna.LastCard).ToContainTextAsync("Hello Anna Bauer.");
        await anna.Opens("General");
        await anna.Posts(said);

        await anna.Chooses("shareAsWin", said, "What went well?");
        var what = anna.Dialog.GetByLabel("What went well?");
        await Expect(what).ToHaveValueAsync(said);
        await what.FillAsync("  ");
        await Presses("Send", anna.Dialog);
        await Expect(anna.Dialog).ToContainTextAsync("Write in a sentence or two what went well.");
        await anna.PictureAsync("teams-win.png", what);
        await what.FillAsync(said);
        await anna.Dialog.GetByLabel("About how many minutes").FillAsync("400");
        await Presses("Send", anna.Dialog);

        await Expect(anna.Dialog).ToContainTextAsync("Thank you. It is kept");
        (await town.QueryAsync<string>("select concat_ws('|', tool, what, minutes) from wins where organization_id = 1")).ShouldBe([$"GitHub Copilot|{said}|400"]);
    }

    [Fact]
    public async Task In_a_channel_a_mention_is_answered_to_its_author_and_a_win_is_posted_and_cheered()
    {
        await using var town = await PlaygroundTown.FoundAsync();
        var anna = await OpenAsync(town.Client);
        await Expect(anna.LastCard).ToContainTextAsync("Hello Anna Bauer.");
        await town.SettleAsync();
        await town.ExecuteAsync("update workspaces set wins_channel = @General where organization_id = 1", new { TeamsClient.General });

        await anna.Opens("General");
        await anna.Posts("win list", "NudgeBot");
        await anna.Opens("Personal Chat");
        await Expect(anna.LastCard).ToContainTextAsync("Nobody has told a win yet.");

        await town.ExecuteAsync("""
            insert into wins (organization_id, workspace_id, person_id, tool, what, prompt, at, due_at)
            select 1, 1, id, 'GitHub Copilot', 'The migration took an hour', 'Rewrite this join.', @now, @now from persons where organization_id = 1 and email = 'eve@acme.com'
            """, new { now = town.Product.Clock.Now });
        await town.RunAsync();
        await anna.Opens("General");
        var post = anna.Card("A win by Eve Winter");
        await Presses("Kudos", post);
        await Expect(Button("Kudos 1", post)).ToBeVisibleAsync();
        await Presses("Try this prompt", post);
        await anna.Opens("Personal Chat");
        await Expect(anna.LastCard).ToContainTextAsync("Rewrite this join.");
        (await town.QueryAsync<string>("select kind from win_reactions where organization_id = 1 order by kind")).ShouldBe(["kudos", "tried"]);
    }
}
