using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NudgeBot.Web.Tests.Playground;

public sealed class WelcomeTests
{
    [Fact]
    public async Task Whoever_comes_first_is_shown_three_ways_in()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var page = await Chromium.OpenAsync(playground.Url);

        (await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).TextContentAsync()).ShouldBe("See what happens after the first week");
        (await page.Locator(".doors h2").AllTextContentsAsync()).ShouldBe(["MBA developer", "OBA champion", "RPAn admin"], Case.Sensitive);
    }

    [Fact]
    public async Task Every_door_leads_where_it_says()
    {
        await using var playground = await OpenPlayground.StartAsync();
        var visitor = await playground.VisitAsync();

        await GoesThrough("Be Mia");
        await Expect(visitor.Message("Hello Mia, I am NudgeBot.")).ToBeVisibleAsync();
        await visitor.Page.GoBackAsync();

        await GoesThrough("See the wins");
        await Expect(visitor.Message("A win by Xiomara Quintero")).ToHaveCountAsync(1);
        await visitor.Page.GoBackAsync();

        await GoesThrough("Tell a win");
        await Expect(visitor.Box).ToBeFocusedAsync();
        await visitor.Hits("Enter");
        await Expect(visitor.Form.GetByRole(AriaRole.Heading)).ToHaveTextAsync("A win");
        await visitor.Sends("Cancel");
        await visitor.Page.GotoAsync("/");

        await GoesThrough("Ask for retention");
        await visitor.Hits("Enter");
        await Expect(visitor.LastMessage).ToContainTextAsync("80 %");
        await visitor.Page.GotoAsync("/");

        await GoesThrough("Show the campaign");
        await visitor.Hits("Enter");
        await Expect(visitor.LastMessage).ToContainTextAsync("Owner rhiannon.pugh@oskerby.example");

        Task GoesThrough(string door) => visitor.Clicks(visitor.Page.GetByRole(AriaRole.Link, new() { Name = door }));
    }
}
