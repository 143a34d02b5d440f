using Dapper;
using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.FakeTeams;
using NudgeBot.FakeTeams.Faults;
using NudgeBot.FakeTeams.World;
using NudgeBot.People;
using NudgeBot.Teams.Connector;
using NudgeBot.Teams.Inbound;
using NudgeBot.Teams.Installing;
using NudgeBot.Teams.Sending;
using NudgeBot.Teams.Tests.Connector;
using NudgeBot.Tests;
using NudgeBot.Tests.Database;
using Message = NudgeBot.FakeTeams.World.Message;

namespace NudgeBot.Teams.Tests.Sending;

/// <summary>A process of the product, on the company's database.</summary>
sealed record Replica(TeamsCalls Calls, TeamsPlatform Platform, NudgingProduct Product);

/// <summary>A company with one Teams tenant and the whole product: a real database, real HTTP, product time that stands until it is moved.</summary>
sealed class TeamsCompany : IAsyncDisposable
{
    /// <summary>Monday, an hour before the step of <see cref="NudgeBot.Tests.Engine.CampaignYaml.Welcome"/> in Berlin.</summary>
    static readonly Instant Morning = Instant.FromUtc(2026, 3, 9, 8, 0);

    readonly TestDatabase database;
    readonly List<HttpClient> clients = [];
    readonly Dictionary<string, Person> people = [];

    TeamsCompany(TestDatabase database, FakeTeamsServer teams, TeamsSettings settings, Workspace workspace, TimeSpan? patience)
    {
        this.database = database;
        Teams = teams;
        Settings = settings;
        Workspace = workspace;
        Tenants = new TeamsTenants(database.Source, Clock);
        Main = NewReplica(patience: patience);
    }

    public ProductClock Clock { get; } = ProductClock.StandingAt(Morning);
    public FakeTeamsServer Teams { get; }
    public TeamsSettings Settings { get; }
    public Workspace Workspace { get; }
    public TeamsTenants Tenants { get; }
    public ListedLines Log { get; } = new();
    public Replica Main { get; }
    public Npgsql.NpgsqlDataSource Source => database.Source;

    /// <summary>Limits are counted and not enforced, and our own are a thousand times Teams', unless a test says otherwise.</summary>
    public static async Task<TeamsCompany> CreateAsync(FakeTeamsOptions? options = null, Func<TeamsSettings, TeamsSettings>? change = null, TimeSpan? patience = null)
    {
        var fresh = await TestDatabase.CreateAsync();
        var teams = await FakeTeamsServer.StartAsync(options ?? new() { Limits = new() { Enforced = false } });
        // The bot hears nothing here.
        teams.Bot.MessagesUrl = new Uri("http://127.0.0.1:9/");
        var settings = new TeamsSettings
        {
            AppId = teams.Bot.AppId,
            TenantId = teams.Bot.TenantId,
            Credential = new TeamsCredential.Secret(teams.Bot.Secret),
            LoginAuthority = teams.LoginAuthority,
            LimitsTimes = 1000,
        };
        if (change is not null) settings = change(settings);
        await using var connection = await fresh.Source.OpenConnectionAsync();
        var id = await connection.QuerySingleAsync<int>("insert into organizations (name, created_at) values ('Acme', @now) returning id", new { now = Morning });
        var tenants = new TeamsTenants(fresh.Source, ProductClock.StandingAt(Morning));
        var workspace = (await tenants.ConnectAsync(id, settings, default))!;
        await tenants.StoreServiceUrlAsync(workspace, teams.ServiceUrl, default);
        return new TeamsCompany(fresh, teams, settings, workspace, patience);
    }

    /// <summary>Another process on the same database.</summary>
    public Replica NewReplica(TimeSpan? patience = null)
    {
        var http = TeamsHttp.Client(patience);
        var login = TrustingLogin.Of(Teams);
        clients.AddRange([http, login.GetHttpClient()]);
        var tokens = new BotTokens(Settings, login, new ListedLog<BotTokens>(Log));
        var calls = new TeamsCalls(new TeamsApi(http, tokens, new ServiceUrls([], withThisMachine: true)), Settings, database.Source, new ListedLog<TeamsCalls>(Log));
        var platform = new TeamsPlatform(calls, Settings, new TeamsTenants(database.Source, Clock), database.Source, Clock);
        return new Replica(calls, platform, new NudgingProduct(database.Source, Clock, Shipped.Content, [platform]));
    }

    public Person this[string name] => people[name];

    /// <summary>anna is anna@acme.com, and has the app.</summary>
    public async Task HireAsync(params string[] names)
    {
        using var file = new TextFile("email,time_zone,role,team\n" + string.Join('\n', names.Select(name => $"{name}@acme.com,Europe/Berlin,developer,Payments")));
        (await Main.Product.RosterImport.RunAsync(Workspace.OrganizationId, file.Path, new RosterOptions())).Problems.ShouldBeEmpty();
        foreach (var name in names)
        {
            people[name] = Teams.World.AddPerson(name, $"{name}@acme.com");
            await Teams.Acting.InstallAsync(people[name]);
        }
        await ExecuteAsync("""
            with opened as (
              insert into accounts (organization_id, workspace_id, person_id, external_id)
              select p.organization_id, @workspaceId, p.id, n.object_id
              from unnest(@emails, @objectIds) as n(email, object_id) join persons p on p.organization_id = @id and p.email = n.email
              returning id, person_id, workspace_id)
            update persons p set account_id = opened.id, workspace_id = opened.workspace_id from opened where p.id = opened.person_id
            """, new { emails = names.Select(name => $"{name}@acme.com").ToArray(), objectIds = names.Select(name => people[name].AadObjectId).ToArray() });
    }

    public async Task LaunchAsync(string campaign)
    {
        await Main.Product.Campaigns.ApplyAsync(Workspace.OrganizationId, CampaignFile.Parse(campaign).Campaign!);
        await Main.Product.Enroller.RunAsync(Workspace.OrganizationId);
        await Main.Product.TeamPostPlanner.RunAsync(Workspace.OrganizationId);
    }

    /// <summary>By the clocks in Berlin.</summary>
    public async Task AtAsync(int hour, int minute = 0, int day = 9)
    {
        Clock.MoveTo(Instant.FromUtc(2026, 3, day, hour - 1, minute));
        await Main.Product.Tick.RunAsync();
    }

    public Task PrepareAsync(CancellationToken cancellation) => Main.Platform.PrepareAsync(Workspace.OrganizationId, Main.Product.Profiles, cancellation);

    public Task<string[]> NudgesAsync() => ListAsync<string>("""
        select concat_ws(' ', split_part(p.email, '@', 1), n.outcome, n.reason)
        from nudges n join persons p on p.id = n.person_id where n.organization_id = @id order by p.email, n.due_at
        """);

    /// <summary>By name, where somebody's chat is known.</summary>
    public Task<string[]> ChatsAsync() => ListAsync<string>("""
        select concat_ws(' ', split_part(p.email, '@', 1), a.conversation, a.unreachable)
        from accounts a join persons p on p.id = a.person_id where a.organization_id = @id order by p.email
        """);

    public long Calls(Operation operation) => Teams.Calls.TryGetValue(operation, out var count) ? count.Calls : 0;

    public IReadOnlyList<Message> MessagesOf(string name) => Teams.MessagesWith(people[name]);

    public async Task<T[]> ListAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Source.OpenConnectionAsync();
        return [.. await connection.QueryAsync<T>(sql, With(parameters))];
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await Source.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, With(parameters));
    }

    /// <summary>Time passes by the database's clock, as far as budgets go by it.</summary>
    public Task PassAsync(double seconds) => ExecuteAsync("""
        update rate_budgets set counted_at = counted_at - @seconds * interval '1 second', not_before = not_before - @seconds * interval '1 second'
        where organization_id = @id
        """, new { seconds });

    DynamicParameters With(object? parameters)
    {
        var all = new DynamicParameters(parameters);
        all.Add("id", Workspace.OrganizationId);
        all.Add("workspaceId", Workspace.Id);
        return all;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients) client.Dispose();
        await Teams.DisposeAsync();
        await database.DisposeAsync();
    }
}
