using Dapper;
using Npgsql;

namespace NudgeBot.Usage;

/// <summary>Keeps the bitmaps on enrollments equal to the day rows, which are the record. The layout is that of <see cref="ActiveDays"/>.</summary>
static class EnrollmentDays
{
    /// <summary>The bitmaps of <c>n</c>: rows of <c>source</c> and <c>day</c>, counted from day 0.</summary>
    internal const string BitsSql = """
        coalesce(bit_or(1::bigint << -n.day - 1) filter (where n.source = 'telemetry' and n.day between -64 and -1), 0) telemetry_before,
        coalesce(bit_or(1::bigint << n.day) filter (where n.source = 'telemetry' and n.day between 0 and 63), 0) telemetry_days,
        coalesce(bit_or(1::bigint << n.day - 64) filter (where n.source = 'telemetry' and n.day between 64 and 127), 0) telemetry_days_2,
        coalesce(bit_or(1::bigint << -n.day - 1) filter (where n.source = 'self' and n.day between -64 and -1), 0) self_before,
        coalesce(bit_or(1::bigint << n.day) filter (where n.source = 'self' and n.day between 0 and 63), 0) self_days,
        coalesce(bit_or(1::bigint << n.day - 64) filter (where n.source = 'self' and n.day between 64 and 127), 0) self_days_2
        """;

    /// <summary>Computes the bitmaps of enrollments that have just got their day 0.</summary>
    public static Task<int> RebuildAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, int organizationId, long[] enrollmentIds) =>
        connection.ExecuteAsync($"""
            update enrollments e
            set telemetry_before = d.telemetry_before, telemetry_days = d.telemetry_days, telemetry_days_2 = d.telemetry_days_2,
                self_before = d.self_before, self_days = d.self_days, self_days_2 = d.self_days_2
            from (
              select n.id, {BitsSql}
              from (
                select e.id, u.source, u.day - e.day_zero as day
                from enrollments e
                join campaigns c on c.id = e.campaign_id
                join usage_days u on u.person_id = e.person_id and u.tool = c.tool
                where e.organization_id = @organizationId and e.id = any(@enrollmentIds) and u.organization_id = @organizationId) n
              group by n.id) d
            where e.id = d.id and e.organization_id = @organizationId
            """, new { organizationId, enrollmentIds }, transaction, commandTimeout: 0);
}
