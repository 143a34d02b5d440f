using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NudgeBot.Web.Tests.Playground;

/// <summary>The page changes under the visitor's hands, by what they do and by what others do, and takes nothing away from them.</summary>
public sealed class MorphingTests
{
    [Fact]
    public async Task What_is_being_typed_stays_when_somebody_else_moves_the_clock()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");
        var other = await playground.VisitAsync("Jonas Wiegand");
        await mia.Box.PressSequentiallyAsync("The tests for the par");

        await other.Leaps("+ 1 hour");
        await Expect(mia.Clock).ToHaveTextAsync("Wed 23 Sep, 11:30");
        await Expect(mia.Box).ToBeFocusedAsync();
        await mia.Box.PressSequentiallyAsync("ser");
        // Also what is not in the visitor's hands just now.
        await mia.Page.Locator(".leaps button").First.FocusAsync();
        await other.Leaps("+ 1 hour");
        await Expect(mia.Clock).ToHaveTextAsync("Wed 23 Sep, 12:30");
        await Expect(mia.Box).ToHaveValueAsync("The tests for the parser");

        await mia.Leaps("+ 1 hour");
        await Expect(mia.Box).ToHaveValueAsync("The tests for the parser");
        await mia.Becomes("Callum Reddick");
        await Expect(mia.Box).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_form_half_filled_in_stays_when_somebody_else_moves_the_clock()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");
        var other = await playground.VisitAsync("Jonas Wiegand");
        await mia.Says("/nudge win");
        await mia.Fills(("What went well?", "Tests"), ("The prompt you used", "Write tests"), ("How many minutes", "5"));

        await other.Leaps("+ 1 hour");

        await Expect(mia.Clock).ToHaveTextAsync("Wed 23 Sep, 11:30");
        await Expect(mia.Field("What went well?")).ToHaveValueAsync("Tests");
        await Expect(mia.Field("The prompt you used")).ToHaveValueAsync("Write tests");
        await Expect(mia.Field("How many minutes")).ToHaveValueAsync("5");
        await Expect(mia.Field("How many minutes")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Commands_on_offer_stay_when_somebody_else_moves_the_clock()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");
        var other = await playground.VisitAsync("Jonas Wiegand");
        await mia.Box.PressSequentiallyAsync("/nudge s");
        await Expect(mia.Suggestions).ToHaveCountAsync(3);
        await mia.Hits("ArrowDown");

        await other.Leaps("+ 1 hour");

        await Expect(mia.Clock).ToHaveTextAsync("Wed 23 Sep, 11:30");
        await Expect(mia.Box).ToHaveAttributeAsync("aria-expanded", "true");
        await mia.Hits("Enter");
        await Expect(mia.Box).ToHaveValueAsync("/nudge snooze ");
    }

    [Fact]
    public async Task A_page_that_nobody_looked_at_is_up_to_date_when_somebody_does()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");
        var other = await playground.VisitAsync("Jonas Wiegand");
        await LooksAsync(away: true);
        await other.Leaps("+ 1 hour");
        await Expect(mia.Clock).ToHaveTextAsync("Wed 23 Sep, 10:30");

        await LooksAsync(away: false);

        await Expect(mia.Clock).ToHaveTextAsync("Wed 23 Sep, 11:30");

        Task LooksAsync(bool away) => mia.Page.EvaluateAsync(
            "away => { Object.defineProperty(document, 'hidden', { value: away, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }", away);
    }

    [Fact]
    public async Task Whoever_reads_further_up_stays_there()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");
        var other = await playground.VisitAsync("Mia Brandt");
        await mia.Page.Locator("#messages").EvaluateAsync("list => list.scrollTop = 40");

        await other.GoesTo("Day 3 · check-in");

        await Expect(mia.LastMessage).ToContainTextAsync("a short question");
        (await mia.Page.Locator("#messages").EvaluateAsync<int>("list => list.scrollTop")).ShouldBe(40);
    }

    [Fact]
    public async Task A_long_answer_is_read_from_its_beginning()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");

        await mia.Says("/nudge guide");

        var list = (await mia.Page.Locator("#messages").BoundingBoxAsync())!;
        var answer = (await mia.LastMessage.BoundingBoxAsync())!;
        answer.Height.ShouldBeGreaterThan(list.Height, "it must be too long for this test to say anything");
        answer.Y.ShouldBeGreaterThanOrEqualTo(list.Y);
        answer.Y.ShouldBeLessThan(list.Y + list.Height / 2);
    }

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(390, 844)]
    public async Task Nothing_jumps_when_the_clock_is_moved(int width, int height)
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync(width: width, height: height);
        await mia.Clicks(mia.Page.GetByRole(AriaRole.Link, new() { Name = "Be Mia" }));
        var before = await BoxesAsync();

        await mia.Leaps("+ 1 week");
        (await mia.Happened.TextContentAsync())!.Length.ShouldBeGreaterThan(100);

        (await BoxesAsync()).ShouldBe(before);

        async Task<IReadOnlyList<string>> BoxesAsync() => await mia.Page.EvaluateAsync<string[]>(
            "['.top', '.leaps', '.leaps button:last-child', '.theme', '.columns', '.middle', '.tabs', '.messages', '.write'].map(one => { const box = document.querySelector(one).getBoundingClientRect(); return `${one} ${box.x} ${box.y} ${box.width} ${box.height}`; })");
    }

    [Fact]
    public async Task The_back_button_returns_to_the_person_before()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var visitor = await playground.VisitAsync("Mia Brandt");
        await visitor.Becomes("Jonas Wiegand");
        await Expect(visitor.Page).ToHaveTitleAsync("Jonas Wiegand · NudgeBot playground");

        await visitor.Page.GoBackAsync();
        await Expect(visitor.Page).ToHaveTitleAsync("Mia Brandt · NudgeBot playground");
        await Expect(visitor.Message("Hello Mia")).ToHaveCountAsync(1);

        await visitor.Page.GoForwardAsync();
        await Expect(visitor.Page).ToHaveTitleAsync("Jonas Wiegand · NudgeBot playground");
    }

    [Fact]
    public async Task The_theme_is_switched_and_remembered()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var visitor = await playground.VisitAsync();
        var light = await GroundAsync();

        await visitor.Clicks(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Light or dark" }));
        (await GroundAsync()).ShouldNotBe(light);
        await visitor.Page.ReloadAsync();
        (await GroundAsync()).ShouldNotBe(light);

        await visitor.Clicks(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Light or dark" }));
        (await GroundAsync()).ShouldBe(light);

        Task<string> GroundAsync() => visitor.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
    }

    [Fact]
    public async Task Of_what_many_do_at_once_nothing_is_lost()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");
        var again = await playground.VisitAsync("Mia Brandt");
        var admin = await playground.VisitAsync("Rhiannon Pugh");

        await Task.WhenAll(mia.Says("From the first window"), again.Says("From the second window"), admin.Leaps("+ 1 hour"));

        foreach (var visitor in new[] { mia, again })
        {
            await Expect(visitor.Message("From the first window")).ToHaveCountAsync(1);
            await Expect(visitor.Message("From the second window")).ToHaveCountAsync(1);
            await Expect(visitor.Message("Thank you, noted.")).ToHaveCountAsync(2);
        }
        foreach (var visitor in new[] { mia, again, admin })
            await Expect(visitor.Page.Locator(".clock time")).ToHaveAttributeAsync("datetime", "2026-09-23T09:30:00Z");
    }

    [Fact]
    public async Task What_could_not_be_said_is_there_to_be_said_again()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");
        await mia.Page.RouteAsync("**/write*", route => route.AbortAsync());

        await mia.Says("The tests were good");
        await Expect(mia.Happened).ToHaveTextAsync("NudgeBot does not answer. Is `./nudgebot demo` still running?");
        await Expect(mia.Box).ToHaveValueAsync("The tests were good");

        await mia.Page.UnrouteAllAsync();
        await mia.Hits("Enter");
        await Expect(mia.LastMessage).ToContainTextAsync("Thank you, noted.");
    }
}
