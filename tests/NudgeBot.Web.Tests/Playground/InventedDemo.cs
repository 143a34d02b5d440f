using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Retention;
using NudgeBot.Tests;
using NudgeBot.Tests.Database;
using NudgeBot.Web.Playground;
using NudgeBot.Web.Playground.Invented;

namespace NudgeBot.Web.Tests.Playground;

/// <summary>The invented company in a database of its own, and its world.</summary>
sealed class InventedDemo : IAsyncDisposable
{
    readonly TestDatabase database;

    InventedDemo(TestDatabase database, PlaygroundWorld world)
    {
        this.database = database;
        World = world;
    }

    public PlaygroundWorld World { get; private set; }

    public NpgsqlDataSource Database => database.Source;

    /// <summary>As it stands before anything has happened.</summary>
    public static async Task<InventedDemo> SeedAsync()
    {
        var empty = await TestDatabase.CreateAsync();
        await InventedCompany.SeedAsync(empty.Source, Shipped.Content, Shipped.Campaign, CancellationToken.None);
        return new InventedDemo(empty, await StartAsync(empty));
    }

    /// <summary>As a visitor finds it.</summary>
    public static async Task<InventedDemo> OpenAsync()
    {
        var demo = await SeedAsync();
        await demo.MoveToAsync(InventedCompany.OpensAt);
        return demo;
    }

    public Task MoveAsync(Duration by) => MoveToAsync(World.Now + by);

    public Task MoveToAsync(Instant end) => World.MoveToAsync(end, TestContext.Current.CancellationToken);

    /// <summary>As after the program has been started again.</summary>
    public async Task RestartAsync()
    {
        World.Dispose();
        World = await StartAsync(database);
    }

    public async Task<IReadOnlyList<T>> AskAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Database.OpenConnectionAsync();
        return (await connection.QueryAsync<T>(sql, parameters)).AsList();
    }

    public async Task<T> AskOneAsync<T>(string sql, object? parameters = null) => (await AskAsync<T>(sql, parameters)).Single();

    /// <summary>A visitor has acted as this person, or has set how they use the tool.</summary>
    public async Task SetAsync(string email, bool played = false, string use = "invented")
    {
        await using var connection = await Database.OpenConnectionAsync();
        await connection.ExecuteAsync("""
            insert into playground_people (person_id, organization_id, played, use)
            select id, organization_id, @played, @use from persons where email = @email
            on conflict (person_id) do update set played = excluded.played, use = excluded.use
            """, new { email, played, use });
    }

    /// <summary>Of the people who were new.</summary>
    public async Task<Cell?> RetentionAsync(int week)
    {
        var report = await World.Product.Retention.RunAsync(World.OrganizationId, Shipped.Campaign.Key, [Grouping.Entry], weeks: 8);
        return report.Rows.Single(row => row.Value == "new").Weeks[week - 1];
    }

    public async ValueTask DisposeAsync()
    {
        World.Dispose();
        await database.DisposeAsync();
    }

    static Task<PlaygroundWorld> StartAsync(TestDatabase database) => PlaygroundWorld.StartAsync(database.Source, Shipped.Content, InventedLife.Jobs);
}
