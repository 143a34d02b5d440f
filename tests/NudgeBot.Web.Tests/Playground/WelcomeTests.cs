using Microsoft.Playwright;

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
}
