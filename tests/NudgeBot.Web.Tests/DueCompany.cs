using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Enrollment;
using NudgeBot.Simulation;
using NudgeBot.Tests;
using NudgeBot.Tests.Database;

namespace NudgeBot.Web.Tests;

/// <summary>A database in which everybody's first nudge is planned and due now, wherever the test's clock stands.</summary>
sealed class DueCompany : IAsyncDisposable
{
    readonly TestDatabase database;
    readonly EveryDayContent content;

    DueCompany(TestDatabase database, EveryDayContent content)
    {
        this.database = database;
        this.content = content;
    }

    public static async Task<DueCompany> CreateAsync(int people)
    {
        var company = new DueCompany(await TestDatabase.CreateAsync(), new EveryDayContent());
        var clock = ProductClock.Ticking(WireClock.System);
        var source = company.database.Source;
        var product = new NudgingProduct(source, clock, new ContentFolder(company.content.Path), []);
        var simulated = await SimulatedCompany.CreateAsync(source, clock.Now);
        var zone = ZoneWhereItIsNoon(clock.Now);
        await company.ExecuteAsync("""
            with one as (
              insert into segments (organization_id, role, team, location) values (@organizationId, 'developer', '', '') returning id)
            insert into persons (organization_id, segment_id, email, first_email, country, time_zone, locale)
            select @organizationId, one.id, email, email, @country, @zone, 'en'
            from one, generate_series(1, @people) number, concat('person-', number, '@example.com') email
            """, new { simulated.OrganizationId, people, zone = zone.Id, country = EveryDayContent.Country });
        await simulated.OpenAccountsAsync(source);

        var shipped = CampaignFile.Parse(await File.ReadAllTextAsync(Path.Combine(Shipped.Content.Campaigns, "first-60-days.yaml"))).Campaign!;
        var today = clock.Now.InZone(zone).Date;
        await product.Campaigns.ApplyAsync(simulated.OrganizationId, shipped with { Start = today, HoldoutPercent = 0 });
        await product.Enroller.RunAsync(simulated.OrganizationId);
        await new EntryFixer(source, clock).RunAsync(simulated.OrganizationId);
        await product.Planner.RunAsync(simulated.OrganizationId);
        return company;
    }

    public Replica Start(string name) => Replica.Start(
        ("NUDGEBOT_DATABASE", new NpgsqlConnectionStringBuilder(database.ConnectionString) { ApplicationName = name }.ConnectionString),
        ("NUDGEBOT_CONTENT", content.Path));

    /// <summary>Holds up whoever touches the table, until disposed.</summary>
    public async Task<TableLock> LockAsync(string table, string mode) => await TableLock.TakeAsync(database.Source, table, mode);

    public Task<int> CountAsync(string nudges) => AskAsync<int>($"select count(*)::int from nudges where {nudges}");

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return (await connection.QuerySingleAsync<T>(sql))!;
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    public async ValueTask DisposeAsync()
    {
        content.Dispose();
        await database.DisposeAsync();
    }

    /// <summary>Between 12:00 and 12:59, inside any sending window; the tz database counts these zones the other way round.</summary>
    static DateTimeZone ZoneWhereItIsNoon(Instant now)
    {
        var offset = 12 - now.InUtc().Hour;
        return DateTimeZoneProviders.Tzdb[offset == 0 ? "Etc/GMT" : $"Etc/GMT{-offset:+0;-0}"];
    }
}
