using Dapper;
using Npgsql;

namespace NudgeBot.People;

/// <summary>Brings the compared rows of <see cref="RosterStaging"/> into <c>persons</c>.</summary>
sealed class RosterMerge(NpgsqlConnection connection, NpgsqlTransaction? transaction, int organizationId, CancellationToken stop)
{
    /// <summary>The known people whose time zone or country will change.</summary>
    public async Task<long[]> MovedAsync() =>
        [.. await connection.QueryAsync<long>(Command("select person_id from roster where person_id is not null and moved order by person_id"))];

    public async Task<long[]> ChangeAsync()
    {
        // The unique index looks at every single row: somebody may be given a login before its present owner loses it.
        await connection.ExecuteAsync(Command("""
            update persons p
            set github_login = null
            from roster r
            where p.organization_id = @organizationId and p.id = r.person_id
              and p.github_login is not null and lower(p.github_login) is distinct from lower(r.github_login)
            """));
        return [.. await connection.QueryAsync<long>(Command("""
            update persons p
            set segment_id = r.segment_id, name = r.name, country = r.country, time_zone = r.time_zone, time_zone_given = r.time_zone_given,
                locale = r.locale, locale_given = r.locale_given,
                github_login = r.github_login, licensed_since = r.licensed_since, left_on = r.left_on, champion = r.champion
            from roster r
            where p.organization_id = @organizationId and p.id = r.person_id and r.changed
            returning p.id
            """))];
    }

    public Task<int> AddAsync() => connection.ExecuteAsync(Command("""
        insert into persons (organization_id, segment_id, email, first_email, name, country, time_zone, time_zone_given, locale, locale_given,
                             github_login, licensed_since, left_on, champion)
        select @organizationId, segment_id, email, email, name, country, time_zone, time_zone_given, locale, locale_given,
               github_login, licensed_since, left_on, champion
        from roster
        where person_id is null
        order by line
        """));

    CommandDefinition Command(string sql) => new(sql, new { organizationId }, transaction, cancellationToken: stop);
}
