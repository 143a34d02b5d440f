using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.People;

namespace NudgeBot.Simulation;

/// <summary>The organization of a simulation: one workspace, in which every person has an account and every team a channel.</summary>
sealed record SimulatedCompany(int OrganizationId, int WorkspaceId)
{
    public static async Task<SimulatedCompany> CreateAsync(NpgsqlDataSource database, Instant now)
    {
        await using var connection = await database.OpenConnectionAsync();
        var (id, workspaceId) = await connection.QuerySingleAsync<(int, int)>("""
            with o as (insert into organizations (name, created_at) values ('simulation', @now) returning id)
            insert into workspaces (organization_id, platform, external_id, name) select id, 'recorder', 'simulation', 'simulation' from o
            returning organization_id, id
            """, new { now });
        return new SimulatedCompany(id, workspaceId);
    }

    public Task OpenAccountsAsync(NpgsqlDataSource database) => OwnWorkspace.OpenAsync(database, OrganizationId, WorkspaceId);

    /// <summary>The server counts its tables once a minute; by then a simulation is over, planned as if they were empty.</summary>
    public static async Task CountAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        await connection.ExecuteAsync("analyze segments, persons, accounts, campaigns, enrollments");
    }

    /// <summary>By account id in the workspace, which is the e-mail.</summary>
    public async Task<IReadOnlyDictionary<string, SimulatedPerson>> PeopleAsync(NpgsqlDataSource database, LocalDate dateAfter)
    {
        await using var connection = await database.OpenConnectionAsync();
        var rows = await connection.QueryAsync<(string Email, long PersonId, long AccountId, string Zone)>(
            "select email, id, account_id, time_zone from persons where organization_id = @organizationId", new { OrganizationId });
        return rows.ToDictionary(row => row.Email, row => new SimulatedPerson(
            row.Email, new Sender(OrganizationId, row.PersonId, row.AccountId), DateTimeZoneProviders.Tzdb[row.Zone].AtStartOfDay(dateAfter).ToInstant()));
    }

    public async Task<IReadOnlyList<DateTimeZone>> ZonesAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        var zones = await connection.QueryAsync<string>(
            "select distinct time_zone from persons where organization_id = @organizationId order by 1", new { OrganizationId });
        return [.. zones.Select(zone => DateTimeZoneProviders.Tzdb[zone])];
    }

    /// <summary>Nothing more is decided for the people and posts of a zone whose last date is over.</summary>
    public async Task CloseZoneAsync(NpgsqlDataSource database, string zone)
    {
        await using var connection = await database.OpenConnectionAsync();
        await connection.ExecuteAsync("""
            update enrollments e
            set next_due_at = case when next_due_at is null then null else 'infinity'::timestamptz end,
                entry_at = case when entry is null then 'infinity'::timestamptz else entry_at end
            from persons p
            where e.organization_id = @organizationId and p.id = e.person_id and p.time_zone = @zone and e.day_zero is not null;

            update nudges n set due_at = 'infinity'
            from persons p
            where n.organization_id = @organizationId and p.id = n.person_id and p.time_zone = @zone and n.outcome = 'pending';

            update team_posts
            set due_at = case when outcome = 'pending' then 'infinity' else due_at end,
                digest_due_at = case when digest_at is null then 'infinity'::timestamptz end
            where organization_id = @organizationId and time_zone = @zone;
            """, new { OrganizationId, zone }, commandTimeout: 0);
    }
}
