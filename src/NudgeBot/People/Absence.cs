using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Enrollment;

namespace NudgeBot.People;

/// <summary>Whom a complete roster does not name has left.</summary>
sealed class Absence(NpgsqlConnection connection, NpgsqlTransaction? transaction, int organizationId, Instant now, CancellationToken stop)
{
    public async Task<Absentees> SettleAsync(RosterFile file, bool confirm)
    {
        var absent = await NotNamedAsync([.. file.Emails]);
        var obstacle = Obstacle(file);
        var marked = confirm && obstacle is null && absent.Count > 0;
        if (marked) await MarkAsync(absent);
        return new Absentees(absent, marked, obstacle);
    }

    /// <summary>Of these people those who have not left, by e-mail.</summary>
    public async Task<IReadOnlyList<Absentee>> StillThereAsync(long[] ids) => Present(await connection.QueryAsync<Known>(Command("""
        select id, email, time_zone, left_on from persons where organization_id = @organizationId and id = any(@ids) order by email
        """, new { organizationId, ids })));

    /// <summary>As of today, each by the date of their zone.</summary>
    public async Task MarkAsync(IReadOnlyList<Absentee> absent)
    {
        var ids = absent.Select(p => p.Id).ToArray();
        var dates = absent.Select(p => (LocalDate?)p.Today).ToArray();
        await connection.ExecuteAsync(Command("""
            update persons p
            set left_on = today.date
            from unnest(@ids, @dates) as today (id, date)
            where p.organization_id = @organizationId and p.id = today.id
            """, new { organizationId, ids, dates }));
        await PersonColumns.CopyAsync(connection, transaction, organizationId, ids);
    }

    static string? Obstacle(RosterFile file) =>
        file.SomebodyUnnamed ? "A row of the file was refused for its e-mail, so that its person counts as absent. Correct it and import again."
        : file.Rows.Count == 0 ? "The file names nobody."
        : null;

    async Task<IReadOnlyList<Absentee>> NotNamedAsync(string[] emails) => Present(await connection.QueryAsync<Known>(Command("""
        select id, email, time_zone, left_on
        from persons p
        where organization_id = @organizationId and not exists (select 1 from unnest(@emails) as named (email) where named.email = p.email)
        order by email
        """, new { organizationId, emails })));

    IReadOnlyList<Absentee> Present(IEnumerable<Known> people) =>
    [
        .. from person in people
           let today = now.InZone(DateTimeZoneProviders.Tzdb[person.TimeZone]).Date
           where person.LeftOn is not { } last || last > today
           select new Absentee(person.Id, person.Email, today),
    ];

    CommandDefinition Command(string sql, object parameters) => new(sql, parameters, transaction, cancellationToken: stop);

    sealed record Known(long Id, string Email, string TimeZone, LocalDate? LeftOn);
}
