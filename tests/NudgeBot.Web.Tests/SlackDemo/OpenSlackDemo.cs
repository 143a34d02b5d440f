using Microsoft.Playwright;
using NudgeBot.Tests;
using NudgeBot.Tests.Database;
using NudgeBot.Web.SlackDemo;
using NudgeBot.Web.Tests.Playground;

namespace NudgeBot.Web.Tests.SlackDemo;

/// <summary>
/// The demo in a Slack as it opens, with everything real but the Slack: made once for all tests of a class, because nine days are lived through before.
/// Each test has people of its own, and only one of them moves the clock.
/// </summary>
public sealed class OpenSlackDemo : IAsyncLifetime
{
    TestDatabase database = null!;
    SlackDemoWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        world = await SlackDemoWorld.StartAsync(database.Source, Shipped.Content, Shipped.Campaign, port: 0, CancellationToken.None);
    }

    internal async Task<SlackVisitor> VisitAsync(string name, ColorScheme scheme = ColorScheme.Light, int width = 1280, int height = 800)
    {
        var visitor = new SlackVisitor(await Chromium.OpenAsync(world.Page, scheme, width, height));
        if (width < 900) await visitor.Clicks(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "People" }));
        await visitor.Becomes(name);
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        await database.DisposeAsync();
    }
}
