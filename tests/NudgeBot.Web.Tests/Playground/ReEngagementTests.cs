using static Microsoft.Playwright.Assertions;

namespace NudgeBot.Web.Tests.Playground;

/// <summary>The second week: who gets a message depends on who used the tool, and the visitor decides that.</summary>
public sealed class ReEngagementTests
{
    const string DayTen = "Day 10 · re-engagement";

    [Fact]
    public async Task Only_those_without_use_on_the_four_dates_before_are_written_to()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var visitor = await playground.VisitAsync("Zeynep Karagöz");

        await visitor.GoesTo(DayTen);

        await Expect(visitor.LastMessage).ToContainTextAsync("Zeynep");
        await Expect(visitor.Step(DayTen)).ToContainTextAsync("sent, not answered");
        await visitor.Becomes("Jonas Wiegand");
        await Expect(visitor.Step(DayTen)).ToContainTextAsync("skipped: condition-false");
    }

    [Fact]
    public async Task Who_is_switched_off_is_written_to_who_would_have_been_left_alone()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var andre = await playground.VisitAsync("Andre Baptiste");
        await andre.Uses("Not at all");
        await Expect(andre.Page.Locator(".use [aria-pressed=true]")).ToHaveTextAsync("Not at all");

        await andre.Leaps("+ 1 week");
        await andre.GoesTo(DayTen);

        await Expect(andre.LastMessage).ToContainTextAsync("Andre, if you have five minutes today");
        await Expect(andre.Step(DayTen)).ToContainTextAsync("sent");
    }

    [Fact]
    public async Task Who_is_switched_to_daily_is_left_alone()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");
        await Expect(mia.Step(DayTen)).ToContainTextAsync("would be sent");
        await mia.Uses("Daily");

        await mia.Leaps("+ 1 week");
        await mia.Leaps("+ 1 week");

        await Expect(mia.Step(DayTen)).ToContainTextAsync("skipped: condition-false");
        await Expect(mia.Message("if you have five minutes today")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_curve_rises_with_use()
    {
        var without = await ActiveInWeekTwoAsync();
        var with = await ActiveInWeekTwoAsync("Danielle Okafor", "Marcus Feldstein", "Minh Anh Phạm", "Joseph Kurian", "Henrik Ostendorf");
        with.ShouldBe(without + 5);
    }

    [Fact]
    public async Task The_holdout_is_measured_and_sent_nothing()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var linh = await playground.VisitAsync("Linh Truong");
        await Expect(linh.Engine).ToContainTextAsync("in the holdout: measured, and sent nothing");

        await linh.Leaps("+ 1 week");
        await linh.Leaps("+ 1 week");

        await Expect(linh.Messages).ToHaveCountAsync(0);
        await Expect(linh.Page.Locator(".empty")).ToHaveTextAsync("NudgeBot has not written to Linh Truong yet. Move the clock, or say something.");

        await linh.Says("/nudge guide");
        await Expect(linh.LastMessage.Locator("pre")).ToBeVisibleAsync();
    }

    static async Task<int> ActiveInWeekTwoAsync(params string[] everyDay)
    {
        await using var playground = await OpenPlayground.StartAsync();
        var visitor = await playground.VisitAsync("Mia Brandt");
        foreach (var name in everyDay)
        {
            await visitor.Becomes(name);
            await visitor.Uses("Daily");
        }
        await visitor.Leaps("+ 1 week");
        return await visitor.ActiveInWeekAsync(2);
    }
}
