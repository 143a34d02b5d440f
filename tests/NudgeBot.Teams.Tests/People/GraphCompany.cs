using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.FakeTeams;
using NudgeBot.FakeTeams.Faults;
using NudgeBot.FakeTeams.Graph;
using NudgeBot.FakeTeams.World;
using NudgeBot.People;
using NudgeBot.Teams.Inbound;
using NudgeBot.Teams.Installing;
using NudgeBot.Teams.Tests.Connector;
using NudgeBot.Tests;
using NudgeBot.Tests.Database;
using Message = NudgeBot.FakeTeams.World.Message;

namespace NudgeBot.Teams.Tests.People;

/// <summary>A company whose people are read from Microsoft Graph: a database, the service that Teams calls, and a Teams with a directory, all over HTTP.</summary>
sealed class GraphCompany : IAsyncDisposable
{
    /// <summary>Monday, an hour before the step of <see cref="NudgeBot.Tests.Engine.CampaignYaml.Welcome"/> in Berlin.</summary>
    static readonly Instant Morning = Instant.FromUtc(2026, 3, 9, 8, 0);

    readonly TestDatabase database;
    readonly WebApplication service;
    readonly TeamsApp app;
    readonly HttpClient login;
    readonly Dictionary<string, Person> people = [];

    GraphCompany(TestDatabase database, FakeTeamsServer teams, TeamsSettings settings)
    {
        (this.database, Teams) = (database, teams);
        var trusting = TrustingLogin.Of(teams);
        login = trusting.GetHttpClient();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(new EveryLog(Log));
        using var logging = LoggerFactory.Create(logs => logs.AddProvider(new EveryLog(Log)));
        app = new TeamsApp(database.Source, Clock, settings, logging, organization: null, inDevelopment: true, trusting);
        Product = new NudgingProduct(database.Source, Clock, Shipped.Content, app.Platforms);
        builder.Services.AddSingleton(Product);
        builder.Services.AddTeams(app);
        builder.Services.AddTeamsInbound();
        service = builder.Build();
        service.MapTeams();
    }

    public ProductClock Clock { get; } = ProductClock.StandingAt(Morning);
    public FakeTeamsServer Teams { get; }
    public TenantDirectory Directory => Teams.Directory;
    public NudgingProduct Product { get; }
    public ListedLines Log { get; } = new();
    public Workspace Workspace { get; } = new(1, 1);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Our own limits are a thousand times as wide, and Teams' are not enforced, unless a test says otherwise.</summary>
    public static async Task<GraphCompany> CreateAsync(GraphOptions? graph = null, Func<TeamsSettings, TeamsSettings>? change = null)
    {
        var fresh = await TestDatabase.CreateAsync();
        var teams = await FakeTeamsServer.StartAsync(new() { Limits = new() { Enforced = false }, Graph = graph ?? new() });
        var settings = new TeamsSettings
        {
            AppId = teams.Bot.AppId,
            TenantId = teams.Bot.TenantId,
            Credential = new TeamsCredential.Secret(teams.Bot.Secret),
            OpenIdMetadata = teams.BotFramework.OpenIdMetadata,
            LoginAuthority = teams.LoginAuthority,
            GraphUrl = teams.GraphUrl,
            UsesGraph = true,
            CatalogApp = teams.Directory.Options.CatalogApp,
            LimitsTimes = 1000,
        };
        await using (var connection = await fresh.Source.OpenConnectionAsync(Cancellation))
            await connection.ExecuteAsync("insert into organizations (name, created_at) values ('Acme', @Morning)", new { Morning });
        var company = new GraphCompany(fresh, teams, change is null ? settings : change(settings));
        await company.service.StartAsync(Cancellation);
        teams.Bot.MessagesUrl = new Uri(new Uri(company.service.Urls.Single()), TeamsEndpoint.Path);
        return company;
    }

    public Person this[string name] => people[name];

    /// <summary>anna is anna@acme.com.</summary>
    public Task RosterAsync(params IEnumerable<string> names) => RosterAsync("email,time_zone", [.. names.Select(name => $"{name}@acme.com,")]);

    /// <param name="columns">Besides role and team.</param>
    public async Task RosterAsync(string columns, IReadOnlyList<string> rows)
    {
        using var file = new TextFile($"{columns},role,team\n" + string.Join('\n', rows.Select(row => $"{row},developer,Payments")));
        (await Product.RosterImport.RunAsync(Workspace.OrganizationId, file.Path, new RosterOptions(), stop: Cancellation)).Problems.ShouldBeEmpty();
    }

    /// <summary>Puts somebody into the tenant's directory; anna is anna@acme.com there, too.</summary>
    public void Join(string name, Action<DirectoryEntry>? describe = null, bool guest = false)
    {
        people[name] = Teams.World.AddPerson(name, $"{name}@acme.com", guest);
        Directory.Add(people[name], describe);
    }

    /// <summary>The job that runs once a minute.</summary>
    public async Task PrepareAsync()
    {
        await Product.Platforms.PrepareAsync(Workspace.OrganizationId, Product.Profiles, Cancellation);
        await Directory.WhenToldAsync();
        await Product.InboxWorker.WhenIdleAsync();
    }

    public Task PrepareInAsync(Duration later)
    {
        Clock.MoveTo(Clock.Now + later);
        return PrepareAsync();
    }

    public async Task LaunchAsync(string campaign)
    {
        await Product.Campaigns.ApplyAsync(Workspace.OrganizationId, CampaignFile.Parse(campaign).Campaign!, Cancellation);
        await Product.Enroller.RunAsync(Workspace.OrganizationId, Cancellation);
    }

    /// <summary>By the clocks in Berlin, on that Monday.</summary>
    public async Task AtAsync(int hour, int minute = 0)
    {
        Clock.MoveTo(Instant.FromUtc(2026, 3, 9, hour - 1, minute));
        await Product.Tick.RunAsync(Cancellation);
    }

    /// <summary>Who is reached, by name.</summary>
    public async Task<string[]> ReachedAsync()
    {
        var names = people.ToDictionary(one => one.Value.AadObjectId, one => one.Key);
        return [.. (await ListAsync<(string Email, string Account)>("""
            select p.email, a.external_id from persons p join accounts a on a.id = p.account_id where p.organization_id = @id order by 1
            """)).Select(one => one.Email == $"{names[one.Account]}@acme.com" ? names[one.Account] : $"{one.Email} is {names[one.Account]}")];
    }

    public async Task<string[]> UnreachedAsync() =>
        [.. (await Product.Preflight.CheckAsync(Workspace.OrganizationId, Cancellation)).Unreached.Select(one => $"{one.Email.Split('@')[0]} {one.Reason}")];

    public Task<string[]> NudgesAsync() => ListAsync<string>("""
        select concat_ws(' ', split_part(p.email, '@', 1), n.outcome, n.reason) from nudges n join persons p on p.id = n.person_id where n.organization_id = @id order by 1
        """);

    public Task<string[]> PlacesAsync() => ListAsync<string>("select concat_ws(' ', split_part(email, '@', 1), time_zone, locale) from persons where organization_id = @id order by 1");

    public long Calls(Operation operation) => Teams.Calls.TryGetValue(operation, out var count) ? count.Calls : 0;

    public IReadOnlyList<Message> MessagesOf(string name) => Teams.MessagesWith(people[name]);

    public async Task<(HealthStatus, string?)> HealthAsync()
    {
        var health = await new TeamsCheck(app).CheckHealthAsync(new HealthCheckContext(), Cancellation);
        return (health.Status, health.Description);
    }

    /// <summary>Teams is heard of: somebody of no roster has the app.</summary>
    public async Task HearAsync()
    {
        await Teams.Acting.InstallAsync(Teams.World.AddPerson("Somebody Else"));
        await Product.InboxWorker.WhenIdleAsync();
    }

    /// <summary>Time passes by the database's clock, as far as budgets go by it.</summary>
    public Task PassAsync(double seconds) => ExecuteAsync("""
        update rate_budgets set counted_at = counted_at - @seconds * interval '1 second', not_before = not_before - @seconds * interval '1 second'
        where organization_id = @id
        """, new { seconds });

    public async Task<T[]> ListAsync<T>(string sql)
    {
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        return [.. await connection.QueryAsync<T>(sql, new { id = Workspace.OrganizationId })];
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        var all = new DynamicParameters(parameters);
        all.Add("id", Workspace.OrganizationId);
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        await connection.ExecuteAsync(sql, all);
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        app.Dispose();
        login.Dispose();
        await Teams.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>Of all parts of the program.</summary>
    sealed class EveryLog(ListedLines lines) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new ListedLog<GraphCompany>(lines);

        public void Dispose() { }
    }
}
