using Dapper;
using Npgsql;
using NudgeBot.Usage;

namespace NudgeBot.Enrollment;

/// <summary>Fixes the entry of enrollments whose day 0 has begun, from what was known at that moment and not from what came later.</summary>
public sealed class EntryFixer(NpgsqlDataSource database, ProductClock clock)
{
    /// <summary>What of <c>u</c> (usage_days) decides: learned by the moment at which the entry is fixed. Needs <c>e</c>, <c>p</c> and <c>c</c> in scope.</summary>
    internal const string KnownSql = $"""
        u.person_id = e.person_id and u.tool = c.tool and u.day < e.day_zero and u.learned_at <= e.entry_at
        and u.source = case when {Measured.ByTelemetrySql} then 'telemetry' else 'self' end
        """;

    /// <summary>Over all of <see cref="KnownSql"/>.</summary>
    internal const string EntrySql = "case max((u.day >= e.day_zero - 28)::int) when 1 then 'active' when 0 then 'lapsed' else 'new' end";

    public async Task RunAsync(int organizationId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync($"""
            update enrollments e
            set entry = known.entry
            from (
              select e.id, {EntrySql} as entry
              from enrollments e
              join campaigns c on c.id = e.campaign_id
              join persons p on p.id = e.person_id
              left join usage_days u on {KnownSql}
              where e.organization_id = @organizationId and e.entry is null and e.entry_at <= @now
              group by e.id) known
            where e.id = known.id and e.organization_id = @organizationId
            """, new { organizationId, now = clock.Now }, commandTimeout: 0);
    }
}
