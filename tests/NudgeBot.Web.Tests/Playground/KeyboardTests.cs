using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NudgeBot.Web.Tests.Playground;

/// <summary>Without a pointer: everything is reached, seen, and not lost when the page changes.</summary>
public sealed class KeyboardTests
{
    [Fact]
    public async Task From_the_skip_link_to_a_form_that_is_sent()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync();

        await mia.Hits("Tab");
        await Expect(mia.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the conversation" })).ToBeFocusedAsync();
        await Expect(mia.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the conversation" })).ToBeInViewportAsync();
        await TabsTo(mia, "Mia Brandt");
        await mia.Hits("Enter");
        await Expect(mia.Page.Locator(".people :focus")).ToContainTextAsync("Mia Brandt");

        await TabsTo(mia, "Go there");
        await mia.Hits("Enter");
        await Expect(mia.LastMessage).ToContainTextAsync("a short question");
        await StandsSomewhere(mia);

        await TabsTo(mia, "Send", backwards: true);
        await TabsTo(mia, "It worked", backwards: true);
        await mia.Hits("Enter");
        await Expect(mia.Message("a short question")).ToContainTextAsync("Your answer: It worked");
        await Expect(mia.Message("a short question")).ToBeFocusedAsync();

        await TabsTo(mia, "Minutes saved?");
        await mia.Hits("Enter");
        await Expect(mia.Field("About how many minutes")).ToBeFocusedAsync();
        await mia.Page.Keyboard.TypeAsync("15");
        await mia.Hits("Enter");
        await Expect(mia.Form).ToHaveCountAsync(0);
        await Expect(mia.LastMessage).ToContainTextAsync("about 15 minutes");
        await Expect(mia.Page.GetByRole(AriaRole.Button, new() { Name = "Minutes saved?" })).ToBeFocusedAsync();
        await StandsSomewhere(mia);
    }

    [Fact]
    public async Task Who_is_chosen_on_a_phone_is_read_next()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var visitor = await playground.VisitAsync(width: 390, height: 844);
        await visitor.Clicks(visitor.Page.Locator(".panes").GetByRole(AriaRole.Link, new() { Name = "People" }));

        await visitor.Page.Locator(".people").GetByRole(AriaRole.Link, new() { Name = "Mia Brandt" }).FocusAsync();
        await visitor.Hits("Enter");

        await Expect(visitor.Page.Locator("#middle")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_form_keeps_the_focus_inside()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");
        await mia.Says("/nudge win");

        for (var tabs = 0; tabs < 12; tabs++)
        {
            await mia.Hits("Tab");
            (await mia.Page.EvaluateAsync<bool>("document.activeElement === document.body || !!document.activeElement.closest('dialog')")).ShouldBeTrue();
        }
    }

    /// <summary>Goes on until a link or button of that name has the focus; it must be seen there.</summary>
    static async Task TabsTo(Visitor visitor, string name, bool backwards = false)
    {
        for (var tabs = 0; tabs < 150; tabs++)
        {
            await visitor.Page.Keyboard.PressAsync(backwards ? "Shift+Tab" : "Tab");
            if (await visitor.Page.Locator("a:focus, button:focus").Filter(new() { HasText = name }).CountAsync() == 0) continue;
            await StandsSomewhere(visitor);
            return;
        }
        throw new InvalidOperationException($"'{name}' is not reached by the Tab key.");
    }

    static async Task StandsSomewhere(Visitor visitor)
    {
        var focused = visitor.Page.Locator("body :focus");
        await Expect(focused).ToHaveCountAsync(1);
        await Expect(focused).ToBeInViewportAsync();
        (await focused.EvaluateAsync<string>("node => getComputedStyle(node).outlineStyle")).ShouldBe("solid");
    }
}
