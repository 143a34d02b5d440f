using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NudgeBot.Web.Tests.Playground;

/// <summary>Every state of the page, in both themes, on a desk and on a phone: axe finds nothing, and nothing scrolls sideways.</summary>
public sealed class AccessibilityTests
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280, 800)]
    [InlineData(ColorScheme.Dark, 1280, 800)]
    [InlineData(ColorScheme.Light, 390, 844)]
    [InlineData(ColorScheme.Dark, 390, 844)]
    public async Task No_state_of_the_page_shuts_anybody_out(ColorScheme scheme, int width, int height)
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync(scheme, width, height);
        var page = mia.Page;
        var found = new List<string>();
        await LookAsync("welcome");

        await mia.Clicks(page.GetByRole(AriaRole.Link, new() { Name = "Be Mia" }));
        await LookAsync("chat");

        await mia.Box.PressSequentiallyAsync("/nudge s");
        await Expect(mia.Suggestions).ToHaveCountAsync(3);
        await mia.Hits("ArrowDown");
        await LookAsync("completion");

        await mia.Says("/nudge win");
        await LookAsync("form");
        await mia.Fills(("What went well?", "Tests"), ("How many minutes", "ten"));
        await mia.Sends();
        await LookAsync("form with an error");
        await mia.Sends("Cancel");

        await mia.Opens("#wins");
        await mia.Presses("Try this prompt");
        await LookAsync("channel");
        await mia.Leaps("+ 1 week");
        await LookAsync("moved");

        if (width < 1080)
        {
            foreach (var pane in new[] { "People", "Engine" })
            {
                await mia.Clicks(page.Locator(".panes").GetByRole(AriaRole.Link, new() { Name = pane }));
                await LookAsync(pane);
            }
        }
        found.ShouldBeEmpty();

        async Task LookAsync(string state)
        {
            var result = await page.RunAxe();
            found.AddRange(result.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{state}: {rule.Id} ({rule.Impact}) {node.Html}")));
            var (wide, tall) = (await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), await page.EvaluateAsync<int>("document.documentElement.scrollHeight"));
            if (wide > width || tall > height) found.Add($"{state}: the page itself scrolls, {wide} x {tall}");
        }
    }

    [Fact]
    public async Task Whoever_wants_no_motion_gets_none()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var mia = await playground.VisitAsync("Mia Brandt");
        (await AnimationAsync()).ShouldBe("none");
        await mia.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.NoPreference });
        (await AnimationAsync()).ShouldBe("arrive");

        Task<string> AnimationAsync() => mia.LastMessage.EvaluateAsync<string>("message => getComputedStyle(message).animationName");
    }
}
