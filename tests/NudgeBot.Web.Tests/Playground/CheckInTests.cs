using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NudgeBot.Web.Tests.Playground;

/// <summary>Day 3 as a visitor plays it: the question comes at its moment, and every answer gets what fits it.</summary>
public sealed class CheckInTests
{
    const string Question = "Mia, a short question: has GitHub Copilot been of any use to you yet?";
    const string CheckIn = "Day 3 · check-in";

    [Fact]
    public async Task The_next_message_is_the_check_in_sooner_or_later()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");
        await Expect(mia.Message(Question)).ToHaveCountAsync(0);

        // Others are written to before her, each at ten in their own morning.
        for (var messages = 0; await mia.Message(Question).CountAsync() == 0; messages++)
        {
            messages.ShouldBeLessThan(10);
            await mia.Leaps("Next message");
        }

        await Expect(mia.Clock).ToHaveTextAsync("Thu 24 Sep, 10:00");
        await Expect(mia.Happened.Locator("p").First).ToContainTextAsync("→ Thu 24 Sep, 10:00");
        await Expect(mia.Happened).ToContainTextAsync("Mia Brandt");
        await Expect(mia.Happened).ToContainTextAsync("1 day-3-check-in");
        await Expect(mia.Step(CheckIn)).ToContainTextAsync("sent, not answered");
    }

    [Fact]
    public async Task Going_there_brings_the_check_in_at_once()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");
        await Expect(mia.Step(CheckIn)).ToContainTextAsync("would be sent");

        await mia.GoesTo(CheckIn);

        await Expect(mia.Clock).ToHaveTextAsync("Thu 24 Sep, 10:00");
        await Expect(mia.LastMessage).ToContainTextAsync(Question);
    }

    [Fact]
    public async Task It_worked_is_noted_in_the_message_itself_and_brings_the_task_of_the_day()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await AskedAsync(playground);

        await mia.Presses("It worked");

        await Expect(mia.Message(Question)).ToContainTextAsync("Your answer: It worked");
        await Expect(mia.Message(Question)).ToContainTextAsync("(edited)");
        await Expect(mia.Message(Question).Locator("button")).ToHaveCountAsync(0);
        await Expect(mia.LastMessage).ToContainTextAsync("Good to hear. Thank you.");
        await Expect(mia.LastMessage.Locator("pre")).ToContainTextAsync("Document the legacy code below");
        await Expect(mia.Step(CheckIn)).ToContainTextAsync("sent, answered: worked");
        await Expect(mia.Engine).ToContainTextAsync("You answer for Mia.");

        await mia.Presses("Minutes saved?");
        await mia.Fills(("About how many minutes", "many"));
        await mia.Sends();
        await Expect(mia.Error("About how many minutes")).ToHaveTextAsync("Give a whole number from 0 to 2400.");
        await Expect(mia.Field("About how many minutes")).ToHaveValueAsync("many");
        await mia.Fills(("About how many minutes", "30"));
        await mia.Sends();
        await Expect(mia.Form).ToHaveCountAsync(0);
        await Expect(mia.LastMessage).ToContainTextAsync("Noted: about 30 minutes a week.");
        (await playground.AskAsync<string>("select concat_ws(' ', kind, minutes) from responses where kind in ('worked', 'minutes-saved') and at > '2026-09-24 07:00Z' and person_id = "
            + $"{(await playground.PersonAsync("Mia Brandt")).Id} order by kind")).ShouldBe(["minutes-saved 30", "worked"]);
        (await playground.AskAsync<string>($"select day::text from usage_days where source = 'self' and person_id = {(await playground.PersonAsync("Mia Brandt")).Id}"))
            .ShouldBe(["2026-09-24"]);
    }

    [Fact]
    public async Task Tried_but_not_useful_brings_a_better_prompt_for_the_chore_she_told()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await AskedAsync(playground);

        await mia.Presses("Tried, not useful");

        await Expect(mia.LastMessage).ToContainTextAsync("Thank you, that helps. Here is a better one:");
        await Expect(mia.LastMessage.Locator("pre").First).ToContainTextAsync("tests");
        await Expect(mia.Step(CheckIn)).ToContainTextAsync("answered: not useful");
    }

    [Fact]
    public async Task Not_yet_brings_the_smallest_step()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await AskedAsync(playground);

        await mia.Presses("Not yet");

        await Expect(mia.LastMessage).ToContainTextAsync("No hurry. The smallest next step:");
        await Expect(mia.LastMessage.Locator("pre").First).ToBeVisibleAsync();
        await Expect(mia.Step(CheckIn)).ToContainTextAsync("answered: not yet");
    }

    [Fact]
    public async Task Blocked_asks_why_and_takes_the_reason()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await AskedAsync(playground);

        await mia.Presses("Blocked");
        await Expect(mia.LastMessage).ToContainTextAsync("What is in the way?");
        await Expect(mia.LastMessage.GetByRole(AriaRole.Group, new() { Name = "Pick the reason" }).Locator("button"))
            .ToHaveTextAsync(["No access", "Policy or legal", "Technical", "No use for it", "No time"]);

        await mia.Presses("Policy or legal");

        await Expect(mia.LastMessage).ToContainTextAsync("Noted: Policy or legal.");
        await Expect(mia.Step(CheckIn)).ToContainTextAsync("answered: blocked, blocked why");
    }

    [Fact]
    public async Task A_German_is_written_to_and_answered_in_German()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var zeynep = await playground.VisitAsync("Zeynep Karagöz");
        await zeynep.GoesTo("Day 10 · re-engagement");

        await zeynep.Presses("Sag mir, warum nicht");
        await Expect(zeynep.Form.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Warum nicht?");
        await zeynep.Fills(("Was hält dich ab?", "Zu viele Termine"));
        await zeynep.Sends("Senden");
        await Expect(zeynep.LastMessage).ToContainTextAsync("Danke. Das ist gut zu wissen.");
        await zeynep.Says("/nudge win");
        await Expect(zeynep.Form.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Ein Erfolg");
    }

    static async Task<Visitor> AskedAsync(OpenPlayground playground)
    {
        var mia = await playground.VisitAsync("Mia Brandt");
        await mia.GoesTo(CheckIn);
        return mia;
    }
}
