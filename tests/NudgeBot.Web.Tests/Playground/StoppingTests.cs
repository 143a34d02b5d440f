using static Microsoft.Playwright.Assertions;

namespace NudgeBot.Web.Tests.Playground;

/// <summary>Stop, snooze, resume: what the engine says of it, and that nothing comes.</summary>
public sealed class StoppingTests
{
    [Theory]
    [InlineData("stop")]
    [InlineData("/nudge stop")]
    public async Task Whoever_says_stop_gets_nothing_more_until_they_say_resume(string words)
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");

        await mia.Says(words);

        await Expect(mia.LastMessage).ToContainTextAsync("I have stopped.");
        await Expect(mia.Engine).ToContainTextAsync("said stop");
        await Expect(mia.Step("Day 3 · check-in")).ToContainTextAsync("would be skipped: opted-out");
        var messages = await mia.Messages.CountAsync();
        await mia.Leaps("+ 1 week");
        await Expect(mia.Messages).ToHaveCountAsync(messages);
        await Expect(mia.Step("Day 3 · check-in")).ToContainTextAsync("skipped: opted-out");

        await mia.Says("resume");
        await Expect(mia.LastMessage).ToContainTextAsync("Welcome back.");
        await Expect(mia.Engine).Not.ToContainTextAsync("said stop");
        await Expect(mia.Step("Day 10 · re-engagement")).ToContainTextAsync("would be sent");
    }

    [Fact]
    public async Task Snooze_holds_the_messages_until_its_end()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");

        await mia.Says("/nudge snooze 2");

        await Expect(mia.LastMessage).ToContainTextAsync("Quiet until 2026-09-25.");
        await Expect(mia.Engine).ToContainTextAsync("snoozed until Fri 25 Sep");
        await Expect(mia.Step("Day 3 · check-in")).ToContainTextAsync("held: snoozed until 2026-09-25");
        var messages = await mia.Messages.CountAsync();
        await mia.Leaps("Next working day");
        await Expect(mia.Clock).ToHaveTextAsync("Thu 24 Sep, 10:00");
        await Expect(mia.Messages).ToHaveCountAsync(messages);

        await mia.Leaps("Next working day");
        await Expect(mia.Clock).ToHaveTextAsync("Fri 25 Sep, 10:00");
        await Expect(mia.LastMessage).ToContainTextAsync("Mia, a short question");
    }

    [Fact]
    public async Task The_message_before_the_back_off_has_buttons_that_snooze_and_stop()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var henrik = await playground.VisitAsync("Henrik Ostendorf");

        await henrik.Presses("Stopp");

        await Expect(henrik.Engine).ToContainTextAsync("said stop");
    }
}
