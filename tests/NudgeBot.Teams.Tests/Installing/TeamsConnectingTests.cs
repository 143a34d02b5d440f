using Dapper;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using NudgeBot.FakeTeams;
using NudgeBot.Teams.Installing;
using NudgeBot.Teams.Tests.Connector;
using NudgeBot.Tests.Database;

namespace NudgeBot.Teams.Tests.Installing;

public sealed class TeamsConnectingTests : IAsyncLifetime
{
    static readonly Instant Start = Instant.FromUtc(2026, 3, 9, 8, 0);

    readonly List<IDisposable> used = [];
    TestDatabase database = null!;
    FakeTeamsServer teams = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        teams = await FakeTeamsServer.StartAsync();
        await OrganizationAsync("Acme");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in used) one.Dispose();
        await teams.DisposeAsync();
        await database.DisposeAsync();
    }

    async Task OrganizationAsync(string name)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("insert into organizations (name, created_at) values (@name, @Start)", new { name, Start });
    }

    TeamsApp App(string? organization = "Acme", string? secret = null, Uri? login = null, bool graph = false)
    {
        var http = TrustingLogin.Of(teams);
        var settings = new TeamsSettings
        {
            AppId = teams.Bot.AppId,
            TenantId = teams.Bot.TenantId,
            Credential = new TeamsCredential.Secret(secret ?? teams.Bot.Secret),
            LoginAuthority = login ?? teams.LoginAuthority,
            UsesGraph = graph,
        };
        var app = new TeamsApp(database.Source, ProductClock.StandingAt(Start), settings, NullLoggerFactory.Instance, organization, inDevelopment: true, http);
        used.AddRange([app, http.GetHttpClient()]);
        return app;
    }

    static Task ConnectAsync(TeamsApp app) => new TeamsConnecting(app).StartAsync(Cancellation);

    static async Task<(HealthStatus, string?)> HealthAsync(TeamsApp app)
    {
        var health = await new TeamsCheck(app).CheckHealthAsync(new HealthCheckContext(), Cancellation);
        return (health.Status, health.Description);
    }

    async Task<string[]> RowsAsync()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>("""
            select concat_ws(' ', o.name, w.name, w.external_id, w.people_to, t.bot_id, t.service_url, c.connected)
            from workspaces w join organizations o on o.id = w.organization_id join teams_tenants t on t.workspace_id = w.id join workspace_connections c on c.workspace_id = w.id
            where w.platform = 'teams' order by 1
            """)];
    }

    [Fact]
    public async Task The_tenant_becomes_a_workspace_once_and_is_connected_when_it_is_heard_of()
    {
        var app = App();
        (await HealthAsync(app)).ShouldBe((HealthStatus.Degraded, "Not connected yet."));
        await Task.WhenAll(ConnectAsync(app), ConnectAsync(App()), ConnectAsync(App()));
        (await RowsAsync()).ShouldBe([$"Acme Acme {teams.Bot.TenantId} 28:{teams.Bot.AppId} f"]);
        (await HealthAsync(app)).Item2!.ShouldStartWith("Nothing has come from Teams yet.");

        var workspace = (await app.Tenants.FindAsync(teams.Bot.TenantId, Cancellation))!;
        await app.Tenants.StoreServiceUrlAsync(workspace, teams.ServiceUrl, Cancellation);
        await ConnectAsync(App());
        (await RowsAsync()).ShouldBe([$"Acme Acme {teams.Bot.TenantId} 28:{teams.Bot.AppId} {teams.ServiceUrl} t"]);
        (await HealthAsync(app)).ShouldBe((HealthStatus.Healthy, "Connected."));
        (await app.Tenants.FindAsync("another", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Each_change_of_the_connection_stands_in_the_audit_log_once()
    {
        await Task.WhenAll(ConnectAsync(App()), ConnectAsync(App()), ConnectAsync(App()));
        await ConnectAsync(App(graph: true));
        await ConnectAsync(App(graph: true));

        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        (await connection.QueryAsync<string>("select concat_ws(' ', action, actor, place, before, after) from audit_entries order by number")).ShouldBe(
        [
            $$"""workspace.connect operator settings {"teams":"{{teams.Bot.TenantId}}","bot":"28:{{teams.Bot.AppId}}","microsoft graph":"no"}""",
            $$"""workspace.change operator settings {"microsoft graph":"no"} {"teams":"{{teams.Bot.TenantId}}","microsoft graph":"yes"}""",
        ]);
    }

    [Fact]
    public async Task The_newest_service_url_counts_whoever_hears_it()
    {
        var (one, other) = (App(), App());
        await ConnectAsync(one);
        var workspace = (await one.Tenants.FindAsync(teams.Bot.TenantId, Cancellation))!;
        foreach (var (app, url) in new[] { (one, "https://a.example/"), (other, "https://b.example/"), (other, "https://b.example/"), (one, "https://c.example/") })
            await app.Tenants.StoreServiceUrlAsync(workspace, new Uri(url), Cancellation);
        (await other.Tenants.ServiceUrlAsync(workspace, Cancellation)).ShouldBe(new Uri("https://c.example/"));
    }

    [Fact]
    public async Task A_login_that_refuses_keeps_the_program_from_starting_and_is_seen_in_its_health()
    {
        var app = App(secret: "guessed-secret");
        var message = (await Should.ThrowAsync<SettingException>(() => ConnectAsync(app))).Message;
        message.ShouldContain("invalid_client, AADSTS7000215");
        message.ShouldNotContain("guessed");
        (await HealthAsync(app)).ShouldBe((HealthStatus.Degraded, "Microsoft's login refuses the bot: invalid_client, AADSTS7000215."));
    }

    [Fact]
    public async Task A_login_that_does_not_answer_does_not()
    {
        await ConnectAsync(App(login: new Uri("https://127.0.0.1:9/")));
        (await RowsAsync()).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_tenant_stays_its_organizations()
    {
        await ConnectAsync(App());
        await OrganizationAsync("Other");
        (await Should.ThrowAsync<SettingException>(() => ConnectAsync(App("Other")))).Message.ShouldContain("another organization");
        (await Should.ThrowAsync<SettingException>(() => ConnectAsync(App(organization: null)))).Message.ShouldContain("NUDGEBOT_ORGANIZATION");
        (await RowsAsync()).ShouldHaveSingleItem().ShouldStartWith("Acme ");
    }
}
