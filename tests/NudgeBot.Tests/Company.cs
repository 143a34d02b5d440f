using System.Globalization;
using Dapper;
using NodaTime;
using NodaTime.Text;
using Npgsql;
using NudgeBot.Calendars;
using NudgeBot.Campaigns;
using NudgeBot.Enrollment;
using NudgeBot.Nudging;
using NudgeBot.People;
using NudgeBot.Tests.Database;
using NudgeBot.Usage;

namespace NudgeBot.Tests;

/// <summary>An organization in a database of its own, at a standing time.</summary>
sealed class Company : IAsyncDisposable
{
    readonly TestDatabase database;
    int campaigns;

    Company(TestDatabase database, int id, Instant now)
    {
        this.database = database;
        Id = id;
        Clock = ProductClock.StandingAt(now);
    }

    public int Id { get; }
    public ProductClock Clock { get; }
    public NpgsqlDataSource Source => database.Source;
    public RosterImport RosterImport => new(Source, Clock, new Replanning(new Journeys(Source), new Schedules(new WorkCalendars(Shipped.Content.Calendars))));

    public static async Task<Company> CreateAsync(string now = "2026-03-02T12:00:00Z")
    {
        var instant = InstantPattern.General.Parse(now).Value;
        var fresh = await TestDatabase.CreateAsync();
        await using var connection = await fresh.Source.OpenConnectionAsync();
        var id = await connection.QuerySingleAsync<int>("insert into organizations (name, created_at) values ('Acme', @instant) returning id", new { instant });
        return new Company(fresh, id, instant);
    }

    public Task<RosterReport> ImportPeopleAsync(string csv, RosterOptions? options = null) => ImportPeopleAsync(Id, csv, options);

    public async Task<RosterReport> ImportPeopleAsync(int organizationId, string csv, RosterOptions? options = null)
    {
        using var file = new TextFile(csv);
        return await RosterImport.RunAsync(organizationId, file.Path, options ?? new RosterOptions());
    }

    public async Task<UsageReport> ImportUsageAsync(UsageFormat format, string text, LocalDate? completeTo = null)
    {
        using var file = new TextFile(text);
        return await new UsageImport(database.Source, Clock).RunAsync(Id, "copilot", format, file.Path, completeTo);
    }

    public Task<UsageReport> ImportUsageAsync(UsageFormat format, IEnumerable<UsageRow> rows, LocalDate? completeTo = null) =>
        new UsageImport(database.Source, Clock).RunAsync(Id, "copilot", format, rows.ToAsyncEnumerable(), completeTo);

    /// <summary>Everybody in a campaign of their own, active since day 0 and due tomorrow; waiting where there is no day 0.</summary>
    public async Task EnrollAsync(string email, LocalDate? dayZero, string tool = "copilot")
    {
        var key = $"campaign-{(++campaigns).ToString(CultureInfo.InvariantCulture)}";
        await ExecuteAsync("""
            with campaign as (
              insert into campaigns (organization_id, key, name, tool, owner_email, state, start_on)
              values (@id, @key, 'Campaign', @tool, 'owner@example.com', 'scheduled', '2026-03-02') returning id
            ),
            journey as (
              insert into journey_versions (organization_id, campaign_id, number, definition, created_at)
              select @id, id, 1, '', @now from campaign returning id, campaign_id
            )
            insert into enrollments (organization_id, campaign_id, segment_id, journey_version_id, person_id, rollout_bucket, arm_bucket, variant_bucket,
                                     state, day_zero, arm, floor_at, next_due_at)
            select @id, campaign_id, p.segment_id, journey.id, p.id, 0, 0, 0,
              case when @dayZero::date is null then 'waiting' else 'active' end,
              @dayZero,
              case when @dayZero::date is null then null else 'nudged' end,
              case when @dayZero::date is null then null else @now - interval '1 day' end,
              case when @dayZero::date is null then null else @now + interval '1 day' end
            from journey, persons p
            where p.organization_id = @id and p.email = @email
            """, new { id = Id, key, tool, dayZero, email, now = Clock.Now });
    }

    public async Task<T?> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<T>(sql, parameters);
    }

    public async Task<T[]> ListAsync<T>(string sql)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return [.. await connection.QueryAsync<T>(sql)];
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
