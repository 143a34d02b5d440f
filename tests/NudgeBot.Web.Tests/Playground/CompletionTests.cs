using static Microsoft.Playwright.Assertions;

namespace NudgeBot.Web.Tests.Playground;

/// <summary>Commands are offered as they are typed, to the keyboard and to those who only hear the page.</summary>
public sealed class CompletionTests
{
    [Fact]
    public async Task A_slash_offers_the_command_and_a_letter_what_begins_with_it()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");
        await Expect(mia.Box).ToHaveAttributeAsync("aria-expanded", "false");

        await mia.Box.PressSequentiallyAsync("/");
        await Expect(mia.Offered).ToHaveTextAsync(["/nudge "]);
        await Expect(mia.Box).ToHaveAttributeAsync("aria-expanded", "true");

        await mia.Box.PressSequentiallyAsync("nudge s");
        await Expect(mia.Offered).ToHaveTextAsync(["/nudge snooze", "/nudge stop", "/nudge settings"], new() { IgnoreCase = false });
        await Expect(mia.Suggestions.First).ToContainTextAsync("No messages for some days.");
    }

    [Fact]
    public async Task Arrows_choose_and_enter_takes()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");
        await mia.Box.PressSequentiallyAsync("/nudge s");
        await Expect(mia.Suggestions).ToHaveCountAsync(3);

        await mia.Hits("ArrowDown");
        await Expect(mia.Suggestions.Nth(0)).ToHaveAttributeAsync("aria-selected", "true");
        await mia.Hits("ArrowUp");
        await Expect(mia.Suggestions.Nth(2)).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(mia.Suggestions.Nth(0)).ToHaveAttributeAsync("aria-selected", "false");
        await Expect(mia.Box).ToHaveAttributeAsync("aria-activedescendant", (await mia.Suggestions.Nth(2).GetAttributeAsync("id"))!);
        var chosen = await mia.Offered.Nth(2).TextContentAsync();
        await mia.Hits("Enter");

        await Expect(mia.Box).ToHaveValueAsync($"{chosen} ");
        await Expect(mia.Box).ToBeFocusedAsync();
        await Expect(mia.Box).Not.ToHaveAttributeAsync("aria-activedescendant", new System.Text.RegularExpressions.Regex("."));
    }

    [Fact]
    public async Task Tab_takes_the_first_and_escape_closes()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");
        await mia.Box.PressSequentiallyAsync("/nudge sno");
        await Expect(mia.Suggestions).ToHaveCountAsync(1);
        await mia.Hits("Tab");
        await Expect(mia.Box).ToHaveValueAsync("/nudge snooze ");

        await mia.Box.FillAsync("/nudge s");
        await Expect(mia.Suggestions.First).ToBeVisibleAsync();
        await mia.Hits("Escape");
        await Expect(mia.Suggestions.First).ToBeHiddenAsync();
        await Expect(mia.Box).ToHaveAttributeAsync("aria-expanded", "false");
        await Expect(mia.Box).ToHaveValueAsync("/nudge s");
    }

    [Fact]
    public async Task Tab_takes_what_fits_all_that_was_typed_even_where_the_list_is_late()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");
        var tabbed = new TaskCompletionSource();
        await mia.Page.RouteAsync("**/complete?*line=%2Fnudge+sno", async route =>
        {
            await tabbed.Task;
            await route.ContinueAsync();
        });
        await mia.Box.PressSequentiallyAsync("/nudge s");
        await Expect(mia.Suggestions).ToHaveCountAsync(3);

        await mia.Box.PressSequentiallyAsync("no");
        await mia.Hits("Tab");
        await Expect(mia.Box).ToHaveValueAsync("/nudge sno");
        tabbed.SetResult();

        await Expect(mia.Box).ToHaveValueAsync("/nudge snooze ");
    }

    [Fact]
    public async Task Only_what_the_person_may_do_is_offered()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var visitor = await playground.VisitAsync("Mia Brandt");
        await visitor.Box.PressSequentiallyAsync("/nudge p");
        await Expect(visitor.Offered).ToHaveTextAsync(["/nudge privacy"]);

        await visitor.Becomes("Rhiannon Pugh");
        await Expect(visitor.Box).ToHaveValueAsync("");
        await visitor.Box.PressSequentiallyAsync("/nudge p");
        await Expect(visitor.Offered).ToHaveTextAsync(["/nudge privacy", "/nudge people", "/nudge pause"]);
        await visitor.Box.FillAsync("/nudge campaign show ");
        await Expect(visitor.Offered).ToHaveTextAsync(["/nudge campaign show first-60-days"]);
    }

    [Fact]
    public async Task A_pointer_takes_one_too()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");
        await mia.Box.PressSequentiallyAsync("/nudge set");
        await Expect(mia.Offered).ToHaveTextAsync(["/nudge settings"]);

        await mia.Suggestions.First.ClickAsync();

        await Expect(mia.Box).ToHaveValueAsync("/nudge settings ");
        await mia.Hits("Enter");
        await Expect(mia.LastMessage).ToContainTextAsync("Language en, time zone Europe/Berlin, role developer. Messages are on.");
    }

    [Fact]
    public async Task A_wrong_command_gets_what_was_meant_and_the_button_does_it()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");

        await mia.Says("/nudge snoze 3");
        await Expect(mia.LastMessage).ToContainTextAsync("I do not know “snoze”.");
        await mia.Presses("snooze 3");

        await Expect(mia.LastMessage).ToContainTextAsync("Quiet until 2026-09-26.");
    }
}
