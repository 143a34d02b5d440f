using Dapper;
using Microsoft.Extensions.Logging;
using NodaTime;
using NudgeBot.Chat;
using NudgeBot.Database;
using NudgeBot.Governance;
using NudgeBot.Slack.Installing;
using NudgeBot.Tests.Database;
using NudgeBot.Tests.WholeProgram;

namespace NudgeBot.Slack.Tests.Installing;

/// <summary>An organization, a scripted Slack, and clocks that stand until they are moved.</summary>
sealed class InstalledCompany : IAsyncDisposable
{
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 9, 8, 0);

    readonly TestDatabase database;
    readonly List<SlackApp> apps = [];

    InstalledCompany(TestDatabase database, ScriptedSlack slack, int id)
    {
        this.database = database;
        Slack = slack;
        Id = id;
        App = Replica();
    }

    public int Id { get; }
    public ScriptedSlack Slack { get; }
    public StandingTime Wire { get; } = new(Start);
    public ProductClock Clock { get; } = ProductClock.StandingAt(Start);
    public SecretBox Secrets { get; } = new(SecretBox.NewKey());
    public ConcurrentLog Log { get; } = new();
    public SlackApp App { get; }

    public static async Task<InstalledCompany> CreateAsync()
    {
        var fresh = await TestDatabase.CreateAsync();
        await using var connection = await fresh.Source.OpenConnectionAsync();
        var id = await connection.QuerySingleAsync<int>("insert into organizations (name, created_at) values ('Acme', @Start) returning id", new { Start });
        return new InstalledCompany(fresh, await ScriptedSlack.StartAsync(), id);
    }

    /// <summary>Another process on the same database.</summary>
    public SlackApp Replica(SlackSettings? settings = null, SecretBox? secrets = null)
    {
        settings ??= new SlackSettings { ClientId = "1.2", ClientSecret = "client-secret", SigningSecrets = ["signing"] };
        var app = new SlackApp(database.Source, Clock, settings with { ApiUrl = Slack.Url }, secrets ?? Secrets, new LoggerFactory([Log]), "Acme", Wire);
        apps.Add(app);
        return app;
    }

    public async Task<Workspace> InstallAsync(string token = "xoxe.xoxb-1-old", string? refresh = "xoxe-1-old", string team = "T1", int hours = 12, SlackApp? by = null) =>
        (await (by ?? App).Installations.InstallAsync(
            Id, new SlackGrant(team, "Acme", "A1", "UBOT", Slack.Scopes, new TokenPair(token, refresh, refresh is null ? null : Wire.Now + Duration.FromHours(hours))), default))!;

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return (await connection.QuerySingleAsync<T>(sql))!;
    }

    /// <summary>The audit log, oldest first: <c>action by place before after</c>.</summary>
    public async Task<string[]> AuditedAsync()
    {
        (await new AuditVerification(database.Source).RunAsync(Id, null, default)).Broken.ShouldBeNull();
        await using var connection = await database.Source.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>("""
            select concat_ws(' ', e.action, coalesce(p.email, e.actor), e.place, e.before, e.after)
            from audit_entries e
            left join audit_persons a on a.organization_id = e.organization_id and a.pseudonym::text = e.actor
            left join persons p on p.id = a.person_id
            where e.organization_id = @Id order by e.number
            """, new { Id })];
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in apps) app.Dispose();
        await Slack.DisposeAsync();
        await database.DisposeAsync();
    }
}

sealed class StandingTime(Instant now) : TimeProvider
{
    public Instant Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();
}
