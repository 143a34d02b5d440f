using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Text;
using NudgeBot.Jobs;
using NudgeBot.People;
using NudgeBot.Teams.Inbound;
using NudgeBot.Teams.Installing;
using NudgeBot.Tests;
using NudgeBot.Tests.Database;

namespace NudgeBot.Teams.Tests.AgentsPlayground;

/// <summary>
/// A company with the shipped campaign, the program that serves it as <c>nudgebot run</c> puts it together, and Microsoft's Agents Playground as its Teams.
/// Product time stands until it is moved; moments are written as the clocks in Berlin show them.
/// </summary>
sealed class PlaygroundTown : IAsyncDisposable
{
    const string Roster = """
        email,name,role,team,time_zone
        anna@acme.com,Anna Bauer,developer,Payments,Europe/Berlin
        eve@acme.com,Eve Winter,developer,Payments,Europe/Berlin
        mara@acme.com,Mara Stein,qa,Payments,Europe/Berlin
        """;

    /// <summary>The Sunday before the shipped campaign starts.</summary>
    const string Founded = "2027-01-10 12:00";

    readonly TestDatabase _database;
    readonly TeamsApp _teams;
    readonly WebApplication _http;
    readonly DirectEngine _engine;

    PlaygroundTown(TestDatabase database, TeamsApp teams, NudgingProduct product, WebApplication http, TeamsClient client, ListedLines log)
    {
        (_database, _teams, _http, Product, Client, Log) = (database, teams, http, product, client, log);
        _engine = new DirectEngine(product);
    }

    public NudgingProduct Product { get; }
    public TeamsClient Client { get; }
    public ListedLines Log { get; }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<PlaygroundTown> FoundAsync()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["TEAMS_APP_ID"] = TeamsClient.AppId,
            ["TEAMS_TENANT_ID"] = TeamsClient.TenantId,
            ["NUDGEBOT_TEAMS_WITHOUT_TOKENS"] = "1",
        }).Build();
        var database = await TestDatabase.CreateAsync();
        var clock = ProductClock.StandingAt(Moment(Founded));
        var log = new ListedLines();
        var logging = new ListedProvider(log);
        using var loggers = new LoggerFactory([logging]);
        var teams = new TeamsApp(database.Source, clock, TeamsConfiguration.Read(configuration)!, loggers, "Acme", inDevelopment: true);
        var product = new NudgingProduct(database.Source, clock, Shipped.Content, teams.Platforms);
        await Organizations.EnsureFirstAsync(database.Source, "Acme", clock, Cancellation);
        using var roster = new TextFile(Roster);
        (await product.RosterImport.RunAsync(1, roster.Path, new RosterOptions(), stop: Cancellation)).Problems.ShouldBeEmpty();
        await product.Campaigns.ApplyAsync(1, Shipped.Campaign with { HoldoutPercent = 0 }, Cancellation);

        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(logging);
        builder.Services.AddSingleton(product);
        builder.Services.AddTeams(teams);
        builder.Services.AddTeamsInbound();
        var site = builder.Build();
        site.MapTeams();
        await site.StartAsync(Cancellation);
        var client = await TeamsClient.StartAsync(new Uri(new Uri(site.Urls.Single()), TeamsEndpoint.Path));
        var town = new PlaygroundTown(database, teams, product, site, client, log);
        await town._engine.StartAsync(RecurringJobs.All, Cancellation);
        return town;
    }

    /// <summary>All that is due until then is done.</summary>
    public async Task MoveToAsync(string moment)
    {
        await SettleAsync();
        await _engine.RunUntilAsync(Moment(moment), Cancellation);
    }

    /// <summary>What is due at this moment.</summary>
    public Task RunAsync() => _engine.RunNowAsync(Cancellation);

    /// <summary>All that came from Teams is answered.</summary>
    public Task SettleAsync() => Product.InboxWorker.WhenIdleAsync();

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        await using var connection = await _database.Source.OpenConnectionAsync(Cancellation);
        return (await connection.QueryAsync<T>(sql)).AsList();
    }

    public async Task ExecuteAsync(string sql, object parameters)
    {
        await using var connection = await _database.Source.OpenConnectionAsync(Cancellation);
        await connection.ExecuteAsync(sql, parameters);
    }

    static Instant Moment(string berlin) =>
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Parse(berlin).Value.InZoneStrictly(DateTimeZoneProviders.Tzdb["Europe/Berlin"]).ToInstant();

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _http.StopAsync();
        await _http.DisposeAsync();
        _teams.Dispose();
        await _database.DisposeAsync();
    }

    sealed class ListedProvider(ListedLines lines) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new ListedLog<PlaygroundTown>(lines);

        public void Dispose() { }
    }
}
