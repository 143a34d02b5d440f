using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using NodaTime;
using NudgeBot.Tests;
using NudgeBot.Tests.Database;
using NudgeBot.Web.Playground;
using NudgeBot.Web.Playground.Invented;

namespace NudgeBot.Web.Tests.Playground;

/// <summary>A playground of a test's own, as it is when somebody opens it for the first time: the real site, a real database, on a free port.</summary>
sealed class OpenPlayground : IAsyncDisposable
{
    static readonly Lazy<Task<TestDatabase>> JustInvented = new(InventAsync);

    readonly TestDatabase database;
    readonly WebApplication site;

    OpenPlayground(TestDatabase database, PlaygroundWorld world, WebApplication site)
    {
        this.database = database;
        this.site = site;
        World = world;
    }

    public PlaygroundWorld World { get; }

    public Uri Url => new(site.Urls.First());

    public static async Task<OpenPlayground> StartAsync()
    {
        var copy = await (await JustInvented.Value).CopyAsync();
        var world = await InventedCompany.OpenAsync(copy.Source, Shipped.Content, Shipped.Campaign, TestContext.Current.CancellationToken);
        var built = PlaygroundSite.Build(world, port: 0);
        await built.StartAsync(TestContext.Current.CancellationToken);
        return new OpenPlayground(copy, world, built);
    }

    /// <summary>Somebody of the company, by the name on the page.</summary>
    public async Task<PlaygroundPerson> PersonAsync(string name) =>
        (await World.People.AllAsync(TestContext.Current.CancellationToken)).Single(person => person.Name == name);

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        World.Dispose();
        await database.DisposeAsync();
    }

    /// <summary>Two weeks of history take seconds: they are lived through once, and copied.</summary>
    static async Task<TestDatabase> InventAsync()
    {
        var original = await TestDatabase.CreateAsync();
        using var world = await InventedCompany.OpenAsync(original.Source, Shipped.Content, Shipped.Campaign, CancellationToken.None);
        return original;
    }
}
