using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Database;
using NudgeBot.Files;
using NudgeBot.Governance;

namespace NudgeBot.Usage;

/// <summary>Learns who has a licence, and since when. A seat that is gone from the list stays, with the time at which it was last seen.</summary>
sealed class SeatImport(NpgsqlDataSource source, ProductClock clock)
{
    public async Task<UsageReport> RunAsync(int organizationId, Asker? asker, string tool, string path, CancellationToken stop)
    {
        if (!File.Exists(path)) throw new UnreadableFileException(path, "there is no such file.");
        var tally = new UsageTally();
        var seats = new Dictionary<string, Seat>();
        await foreach (var (seat, problem) in SeatFile.ReadAsync(path, stop))
        {
            tally.Rows++;
            if (seat is not null) seats[seat.Login] = seats.TryGetValue(seat.Login, out var known) ? known.With(seat) : seat;
            if (problem is not null) tally.Refuse(problem);
        }

        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await ImportLock.TakeAsync(connection, transaction, organizationId, stop);
        await SaveAsync(connection, organizationId, tool, [.. seats.Values], clock.Now);
        foreach (var login in await UnmappedAsync(connection, organizationId, tool, [.. seats.Keys])) tally.Unmapped(login, 1);
        var dated = await DateLicencesAsync(connection, organizationId, tool, [.. seats.Keys]);
        var report = tally.Report(UsageFormat.GithubSeats, seats: new SeatCounts(seats.Count, dated));
        if (asker is not null && seats.Count > 0)
            await new AuditTrail(connection, clock).WriteAsync(organizationId, UsageEntry.Of(asker, tool, UsageFormat.GithubSeats, report), stop);
        await transaction.CommitAsync(stop);
        return report;
    }

    static Task<int> SaveAsync(NpgsqlConnection connection, int organizationId, string tool, Seat[] seats, Instant now) => connection.ExecuteAsync("""
        insert into seats (organization_id, tool, login, person_id, since, last_activity_at, last_activity_editor, plan, pending_cancellation, seen_at)
        select @organizationId, @tool, s.login, p.id, s.since, s.active_at, s.editor, s.plan, s.ends_on, @now
        from unnest(@logins, @since, @activeAt, @editors, @plans, @endsOn) as s (login, since, active_at, editor, plan, ends_on)
        left join persons p on p.organization_id = @organizationId and lower(p.github_login) = s.login
        on conflict (organization_id, tool, login) do update
        set person_id = excluded.person_id, since = excluded.since, last_activity_at = excluded.last_activity_at,
            last_activity_editor = excluded.last_activity_editor, plan = excluded.plan, pending_cancellation = excluded.pending_cancellation,
            seen_at = excluded.seen_at
        """,
        new
        {
            organizationId,
            tool,
            now,
            logins = seats.Select(s => s.Login).ToArray(),
            since = seats.Select(s => s.Since).ToArray(),
            activeAt = seats.Select(s => s.LastActivityAt).ToArray(),
            editors = seats.Select(s => s.LastActivityEditor).ToArray(),
            plans = seats.Select(s => s.Plan).ToArray(),
            endsOn = seats.Select(s => s.PendingCancellation).ToArray(),
        });

    static Task<IEnumerable<string>> UnmappedAsync(NpgsqlConnection connection, int organizationId, string tool, string[] logins) =>
        connection.QueryAsync<string>("""
            select login from seats
            where organization_id = @organizationId and tool = @tool and login = any(@logins) and person_id is null
            """, new { organizationId, tool, logins });

    static Task<int> DateLicencesAsync(NpgsqlConnection connection, int organizationId, string tool, string[] logins) =>
        connection.ExecuteAsync("""
            update persons p
            set licensed_since = s.since
            from seats s
            where s.organization_id = @organizationId and s.tool = @tool and s.login = any(@logins) and s.person_id = p.id
              and p.organization_id = @organizationId and p.licensed_since is null and s.since is not null
            """, new { organizationId, tool, logins });
}
