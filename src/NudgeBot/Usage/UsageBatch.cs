using Dapper;
using NodaTime;
using Npgsql;
using NpgsqlTypes;
using NudgeBot.Database;

namespace NudgeBot.Usage;

/// <summary>Brings rows of use into <c>usage_days</c>, and the dates that are new into the bitmaps of the enrollments: see <see cref="ActiveDays"/>.</summary>
sealed class UsageBatch(
    NpgsqlConnection connection, int organizationId, string tool, FeedIdentity identity, Instant now, CancellationToken stop)
{
    public async Task TakeAsync(UsageRow[] rows, UsageTally tally)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await ImportLock.TakeAsync(connection, transaction, organizationId, stop);
        // Soon after a first import the server has no statistics, takes the enrollments for a handful, and compares each with every row.
        await connection.ExecuteAsync("set local enable_nestloop = off");
        await CopyAsync(rows);
        var unmapped = await UnmappedAsync();
        var added = await AddAsync();
        await transaction.CommitAsync(stop);

        foreach (var (name, count) in unmapped) tally.Unmapped(name, count);
        tally.DaysAdded += added;
        tally.AlreadyKnown += rows.Length - unmapped.Sum(u => u.Rows) - added;
    }

    async Task CopyAsync(UsageRow[] rows)
    {
        await connection.ExecuteAsync("create temp table used (identity text, day date, sessions int) on commit drop");
        await using (var copy = await connection.BeginBinaryImportAsync("copy used (identity, day, sessions) from stdin (format binary)", stop))
        {
            foreach (var row in rows)
            {
                await copy.StartRowAsync(stop);
                await copy.WriteAsync(row.Identity.Trim().ToLowerInvariant(), NpgsqlDbType.Text, stop);
                await copy.WriteAsync(row.Day.ToColumn(), NpgsqlDbType.Date, stop);
                await copy.WriteAsync(row.Sessions, NpgsqlDbType.Integer, stop);
            }
            await copy.CompleteAsync(stop);
        }
        await connection.ExecuteAsync("analyze used");
    }

    async Task<List<(string Identity, long Rows)>> UnmappedAsync() =>
        [.. await connection.QueryAsync<(string, long)>(Command($"""
            select identity, count(*)
            from used
            where not exists (select 1 from persons p where p.organization_id = @organizationId and {identity.Sql()} = used.identity)
            group by identity
            """))];

    Task<long> AddAsync() => connection.ExecuteScalarAsync<long>(Command($"""
        with added as (
          insert into usage_days (organization_id, person_id, day, tool, source, sessions, learned_at)
          select @organizationId, p.id, used.day, @tool, 'telemetry', max(used.sessions), @now
          from used
          join persons p on p.organization_id = @organizationId and {identity.Sql()} = used.identity
          group by p.id, used.day
          order by p.id, used.day
          on conflict do nothing
          returning person_id, day
        ),
        bits as (
          select e.id,
            coalesce(bit_or(1::bigint << (-1 - date_no)) filter (where date_no < 0), 0) as before,
            coalesce(bit_or(1::bigint << date_no) filter (where date_no between 0 and 63), 0) as days,
            coalesce(bit_or(1::bigint << (date_no - 64)) filter (where date_no > 63), 0) as days_2
          from added
          join enrollments e on e.organization_id = @organizationId and e.person_id = added.person_id
          join campaigns c on c.id = e.campaign_id and c.tool = @tool
          cross join lateral (select added.day - e.day_zero as date_no) as from_day_zero
          where date_no between {ActiveDays.FirstDay} and {ActiveDays.LastDay}
          group by e.id
        ),
        marked as (
          update enrollments e
          set telemetry_before = e.telemetry_before | bits.before,
              telemetry_days = e.telemetry_days | bits.days,
              telemetry_days_2 = e.telemetry_days_2 | bits.days_2
          from bits
          where e.id = bits.id
        )
        select count(*) from added
        """));

    CommandDefinition Command(string sql) => new(sql, new { organizationId, tool, now }, cancellationToken: stop);
}
