using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NudgeBot.Web.Tests.Playground;

/// <summary>Where no script runs, the page is links and forms, and everything that matters works.</summary>
public sealed class WithoutScriptTests
{
    [Fact]
    public async Task Somebody_is_chosen_the_clock_moved_a_button_pressed_and_a_form_sent()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync(script: false);

        await mia.Becomes("Mia Brandt");
        await mia.GoesTo("Day 3 · check-in");
        await Expect(mia.LastMessage).ToContainTextAsync("a short question");
        await mia.Presses("It worked");
        await Expect(mia.Message("a short question")).ToContainTextAsync("Your answer: It worked");

        await mia.Presses("Minutes saved?");
        await mia.Fills(("About how many minutes", "no"));
        await mia.Sends();
        await Expect(mia.Error("About how many minutes")).ToBeVisibleAsync();
        await mia.Fills(("About how many minutes", "15"));
        await mia.Sends();
        await Expect(mia.LastMessage).ToContainTextAsync("about 15 minutes");

        await mia.Box.FillAsync("/nudge win");
        await mia.Presses("Send", mia.Page.Locator(".write"));
        await mia.Sends("Cancel");
        await Expect(mia.Form).ToHaveCountAsync(0);
        await mia.Leaps("+ 1 hour");
        await Expect(mia.Clock).ToHaveTextAsync("Thu 24 Sep, 11:00");
        await mia.Opens("#wins");
        await Expect(mia.Message("A win by")).Not.ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_theme_goes_back_and_forth()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var visitor = await playground.VisitAsync(script: false);
        var button = visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Light or dark" });

        await button.ClickAsync();
        await Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await button.ClickAsync();
        await Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
    }
}
