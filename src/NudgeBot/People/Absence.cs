using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Database;
using NudgeBot.Enrollment;

namespace NudgeBot.People;

/// <summary>Whom a complete roster does not name has left.</summary>
sealed class Absence(NpgsqlConnection connection, NpgsqlTransaction? transaction, int organizationId, Instant now, CancellationToken stop)
{
    sealed record Person(long Id, string Email, string TimeZone, LocalDate? LeftOn);

    public async Task<Absentees> SettleAsync(RosterFile file, bool confirm)
    {
        var absent = (await NotNamedAsync([.. file.Emails])).Where(p => p.LeftOn is not { } last || last > Today(p)).ToArray();
        var obstacle = confirm ? Obstacle(file) : null;
        var marked = confirm && obstacle is null && absent.Length > 0;
        if (marked) await MarkAsync(absent);
        return new Absentees([.. absent.Select(p => p.Email)], marked, obstacle);
    }

    static string? Obstacle(RosterFile file) =>
        file.SomebodyUnnamed ? "A row of the file was refused for its e-mail, so that its person counts as absent. Correct it and import again."
        : file.Rows.Count == 0 ? "The file names nobody."
        : null;

    LocalDate Today(Person person) => now.InZone(DateTimeZoneProviders.Tzdb[person.TimeZone]).Date;

    async Task<IEnumerable<Person>> NotNamedAsync(string[] emails) => await connection.QueryAsync<Person>(Command("""
        select id, email, time_zone, left_on
        from persons p
        where organization_id = @organizationId and not exists (select 1 from unnest(@emails) as named (email) where named.email = p.email)
        order by email
        """, new { organizationId, emails }));

    async Task MarkAsync(Person[] absent)
    {
        var ids = absent.Select(p => p.Id).ToArray();
        var dates = absent.Select(p => (LocalDate?)Today(p)).ToArray();
        await connection.ExecuteAsync(Command("""
            update persons p
            set left_on = today.date
            from unnest(@ids, @dates) as today (id, date)
            where p.organization_id = @organizationId and p.id = today.id
            """, new { organizationId, ids, dates }));
        await PersonColumns.CopyAsync(connection, transaction, organizationId, ids);
    }

    CommandDefinition Command(string sql, object parameters) => new(sql, parameters, transaction, cancellationToken: stop);
}
