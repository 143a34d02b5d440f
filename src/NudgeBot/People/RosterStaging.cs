using Dapper;
using Npgsql;
using NpgsqlTypes;
using NudgeBot.Database;
using NudgeBot.Files;

namespace NudgeBot.People;

/// <summary>
/// The rows of a file in a temporary table, <c>roster</c>, which ends with the transaction. Once compared, each knows its person (null: to be
/// added), its segment, and whether it changes anything.
/// </summary>
sealed class RosterStaging(NpgsqlConnection connection, NpgsqlTransaction? transaction, int organizationId, CancellationToken stop)
{
    public async Task LoadAsync(RosterFile file)
    {
        await ExecuteAsync("""
            create temp table roster (
              line bigint, email text, name text, role text, team text, location text, country text,
              time_zone text, locale text, time_zone_given boolean, locale_given boolean, github_login text, licensed_since date, left_on date, champion boolean,
              person_id bigint, segment_id int, changed boolean, moved boolean
            ) on commit drop
            """);
        await CopyAsync(file.Rows);
        await ExecuteAsync("analyze roster");
    }

    async Task CopyAsync(IEnumerable<RosterRow> rows)
    {
        await using var copy = await connection.BeginBinaryImportAsync("""
            copy roster (line, email, name, role, team, location, country, time_zone, locale, github_login,
                         licensed_since, left_on, champion, time_zone_given, locale_given)
            from stdin (format binary)
            """, stop);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(row.Line, NpgsqlDbType.Bigint, stop);
            foreach (var text in new[] { row.Email, row.Name, row.Role, row.Team, row.Location, row.Country, row.TimeZone, row.Locale, row.GithubLogin })
                await copy.WriteAsync(text, NpgsqlDbType.Text, stop);
            await copy.WriteAsync(row.LicensedSince?.ToColumn(), NpgsqlDbType.Date, stop);
            await copy.WriteAsync(row.LeftOn?.ToColumn(), NpgsqlDbType.Date, stop);
            foreach (var flag in new[] { row.Champion, row.TimeZoneGiven, row.LocaleGiven }) await copy.WriteAsync(flag, NpgsqlDbType.Boolean, stop);
        }
        await copy.CompleteAsync(stop);
    }

    /// <summary>
    /// Takes out the rows whose login belongs to somebody whom the file does not name: whom it names gets another login, or none, in the same
    /// import. Each round may take out somebody who would have given a login up; hence the loop.
    /// </summary>
    public async Task<List<RowProblem>> RefuseTakenLoginsAsync()
    {
        var problems = new List<RowProblem>();
        for (var before = -1; problems.Count > before;)
        {
            before = problems.Count;
            var taken = await connection.QueryAsync<(long Line, string Login, string Owner)>(Command("""
                delete from roster r
                using persons owner
                where owner.organization_id = @organizationId and lower(owner.github_login) = lower(r.github_login) and owner.email <> r.email
                  and not exists (select 1 from roster other where other.email = owner.email)
                returning r.line, r.github_login, owner.email
                """, new { organizationId }));
            problems.AddRange(taken.Select(t => new RowProblem(t.Line, CsvTable<RosterColumn>.Name(RosterColumn.GithubLogin),
                $"'{t.Login}' belongs to {t.Owner}.", $"Correct it, or give {t.Owner} another login before, or in the same file.")));
        }
        return problems;
    }

    /// <param name="columns">What the file has; the rest stays as it is.</param>
    public async Task CompareAsync(IReadOnlySet<RosterColumn> columns)
    {
        string FromFileElse(RosterColumn column, string table) =>
            $"{CsvTable<RosterColumn>.Name(column)} = {(columns.Contains(column) ? "r" : table)}.{CsvTable<RosterColumn>.Name(column)}";
        // What the roster does not name is the profile's; what it named and names no more is so only once the profile is read again.
        var locale = columns.Contains(RosterColumn.Locale)
            ? "locale = case when r.locale_given or p.locale_given then r.locale else p.locale end"
            : "locale = p.locale, locale_given = p.locale_given";
        var timeZone = columns.Contains(RosterColumn.TimeZone)
            ? "time_zone = case when r.time_zone_given then r.time_zone else p.time_zone end"
            : "time_zone = p.time_zone, time_zone_given = p.time_zone_given";

        await ExecuteAsync($"""
            update roster r
            set person_id = p.id,
                {FromFileElse(RosterColumn.Name, "p")},
                {FromFileElse(RosterColumn.Role, "s")},
                {FromFileElse(RosterColumn.Team, "s")},
                {FromFileElse(RosterColumn.Location, "s")},
                {FromFileElse(RosterColumn.Country, "p")},
                {timeZone},
                {locale},
                {FromFileElse(RosterColumn.GithubLogin, "p")},
                {FromFileElse(RosterColumn.LicensedSince, "p")},
                {FromFileElse(RosterColumn.LeftOn, "p")},
                {FromFileElse(RosterColumn.Champion, "p")}
            from persons p
            join segments s on s.id = p.segment_id
            where p.organization_id = @organizationId and p.email = r.email
            """);
        await ExecuteAsync("""
            insert into segments (organization_id, role, team, location)
            select distinct @organizationId, role, team, location from roster
            on conflict do nothing
            """);
        await ExecuteAsync("""
            update roster r
            set segment_id = s.id,
                changed = (p.segment_id, p.name, p.country, p.time_zone, p.time_zone_given, p.locale, p.locale_given,
                           p.github_login, p.licensed_since, p.left_on, p.champion)
                  is distinct from (s.id, r.name, r.country, r.time_zone, r.time_zone_given, r.locale, r.locale_given,
                                    r.github_login, r.licensed_since, r.left_on, r.champion),
                moved = (p.country, p.time_zone) is distinct from (r.country, r.time_zone)
            from segments s, roster same
            left join persons p on p.id = same.person_id
            where s.organization_id = @organizationId and s.role = r.role and s.team = r.team and s.location = r.location
              and same.line = r.line
            """);
        await ExecuteAsync("analyze roster");
    }

    Task<int> ExecuteAsync(string sql) => connection.ExecuteAsync(Command(sql, new { organizationId }));

    CommandDefinition Command(string sql, object parameters) => new(sql, parameters, transaction, cancellationToken: stop);
}
