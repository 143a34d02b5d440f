using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Database;
using NudgeBot.People;
using NudgeBot.Slack.Installing;
using NudgeBot.Slack.Sending;
using NudgeBot.Slack.WebApi;
using NudgeBot.Tests;
using NudgeBot.Tests.Database;

namespace NudgeBot.Slack.Tests;

/// <summary>A company with one Slack workspace and the whole product: a real database, real HTTP, product time that stands until it is moved.</summary>
sealed class SlackCompany : IAsyncDisposable
{
    public const string Token = "xoxb-secret";

    /// <summary>Monday, an hour before the step of <see cref="NudgeBot.Tests.Engine.CampaignYaml.Welcome"/> in Berlin.</summary>
    static readonly Instant Morning = Instant.FromUtc(2026, 3, 9, 8, 0);

    readonly TestDatabase database;
    readonly HttpClient http;

    SlackCompany(TestDatabase database, ScriptedSlack slack, HttpClient http, SlackSettings settings, int id, int workspaceId)
    {
        this.database = database;
        this.http = http;
        Slack = slack;
        Workspace = new Workspace(id, workspaceId);
        Calls = NewCalls(http, settings);
        Platform = new SlackPlatform(Calls, database.Source, Clock);
        Product = new NudgingProduct(database.Source, Clock, Shipped.Content, [Platform]);
    }

    public static readonly SecretBox Secrets = new(SecretBox.NewKey());

    public ProductClock Clock { get; } = ProductClock.StandingAt(Morning);
    public ScriptedSlack Slack { get; }
    public Workspace Workspace { get; }
    public SlackCalls Calls { get; }
    public SlackPlatform Platform { get; }
    public NudgingProduct Product { get; }
    public Npgsql.NpgsqlDataSource Source => database.Source;

    public static async Task<SlackCompany> CreateAsync(TimeSpan? patience = null, SlackSettings? settings = null)
    {
        var fresh = await TestDatabase.CreateAsync();
        var slack = await ScriptedSlack.StartAsync();
        await using var connection = await fresh.Source.OpenConnectionAsync();
        var (id, workspaceId) = await connection.QuerySingleAsync<(int, int)>("""
            with o as (insert into organizations (name, created_at) values ('Acme', @now) returning id)
            insert into workspaces (organization_id, platform, external_id, name) select id, 'slack', 'T1', 'Acme' from o
            returning organization_id, id
            """, new { now = Morning });
        await connection.ExecuteAsync("""
            insert into slack_installations (organization_id, workspace_id, app_id, bot_user_id, scopes, bot_token, installed_at)
            values (@id, @workspaceId, 'A1', 'UBOT', '', @token, @now)
            """, new { id, workspaceId, token = Secrets.Seal(Token, SlackTokens.ContextOf(new Workspace(id, workspaceId))), now = Morning });
        return new SlackCompany(fresh, slack, SlackHttp.Client(patience), (settings ?? new SlackSettings()) with { ApiUrl = slack.ApiUrl }, id, workspaceId);
    }

    /// <summary>Another process on the same database.</summary>
    public SlackCalls NewCalls(HttpClient by, SlackSettings settings) => new(
        new SlackApi(by, settings, new SlackTokens(database.Source, Clock, Secrets, null, NullLogger<SlackTokens>.Instance, WireClock.System)),
        settings, new SlackInstallations(database.Source, Secrets, Clock), database.Source, Clock, NullLogger<SlackCalls>.Instance);

    /// <summary>Time passes by the database's clock, as far as budgets go by it.</summary>
    public Task Pass(double seconds) => Execute("""
        update rate_budgets set counted_at = counted_at - @seconds * interval '1 second', not_before = not_before - @seconds * interval '1 second'
        where organization_id = @id
        """, new { seconds });

    /// <summary>anna is anna@acme.com, and Uanna in Slack.</summary>
    public async Task Hire(params string[] names)
    {
        await Import([.. names.Select(name => $"{name}@acme.com")]);
        await Execute("""
            with opened as (
              insert into accounts (organization_id, workspace_id, person_id, external_id)
              select organization_id, @workspaceId, id, 'U' || split_part(email, '@', 1) from persons where organization_id = @id and account_id is null
              returning id, person_id, workspace_id)
            update persons p set account_id = opened.id, workspace_id = opened.workspace_id from opened where p.id = opened.person_id
            """);
    }

    public async Task Import(params string[] emails)
    {
        if (emails.Length > 0) await ImportText("email,time_zone,role,team\n" + string.Join('\n', emails.Select(email => $"{email},Europe/Berlin,developer,Payments")));
    }

    public async Task ImportText(string roster)
    {
        using var file = new TextFile(roster);
        (await Product.RosterImport.RunAsync(Workspace.OrganizationId, file.Path, new RosterOptions())).Problems.ShouldBeEmpty();
    }

    public async Task Launch(string campaign)
    {
        await Product.Campaigns.ApplyAsync(Workspace.OrganizationId, CampaignFile.Parse(campaign).Campaign!);
        await Product.Enroller.RunAsync(Workspace.OrganizationId);
        await Product.TeamPostPlanner.RunAsync(Workspace.OrganizationId);
    }

    /// <summary>By the clocks in Berlin.</summary>
    public async Task At(int hour, int minute = 0, int day = 9)
    {
        Clock.MoveTo(Instant.FromUtc(2026, 3, day, hour - 1, minute));
        await Product.Tick.RunAsync();
    }

    /// <summary>What is in doubt is asked for; then whatever is due is sent.</summary>
    public async Task Sweep()
    {
        await Product.Tick.SweepAsync();
        await Product.Tick.RunAsync();
    }

    public Task<string[]> Nudges() => List<string>("""
        select concat_ws(' ', split_part(p.email, '@', 1), n.outcome, n.reason, case when n.in_doubt_since is not null then 'in-doubt' end)
        from nudges n join persons p on p.id = n.person_id where n.organization_id = @id order by 1
        """);

    public async Task<T[]> List<T>(string sql, object? parameters = null)
    {
        await using var connection = await Source.OpenConnectionAsync();
        return [.. await connection.QueryAsync<T>(sql, With(parameters))];
    }

    public async Task Execute(string sql, object? parameters = null)
    {
        await using var connection = await Source.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, With(parameters));
    }

    DynamicParameters With(object? parameters)
    {
        var all = new DynamicParameters(parameters);
        all.Add("id", Workspace.OrganizationId);
        all.Add("workspaceId", Workspace.Id);
        return all;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Slack.DisposeAsync();
        await database.DisposeAsync();
    }
}
