using Dapper;
using Npgsql;

namespace NudgeBot.Enrollment;

/// <summary>
/// Enrollments repeat their person's segment and last day, so that reports read one table. Whoever changes these calls this in the same transaction.
/// </summary>
static class PersonColumns
{
    internal static Task CopyAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, int organizationId, long[] personIds) =>
        connection.ExecuteAsync("""
            update enrollments e
            set segment_id = p.segment_id, left_on = p.left_on
            from persons p
            where p.organization_id = @organizationId and p.id = any(@personIds) and e.person_id = p.id
              and (e.segment_id, e.left_on) is distinct from (p.segment_id, p.left_on)
            """, new { organizationId, personIds }, transaction);
}
