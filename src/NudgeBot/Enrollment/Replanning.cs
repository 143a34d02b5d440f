using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Database;

namespace NudgeBot.Enrollment;

/// <summary>A change of zone, country or journey version moves the moments that are not yet settled, never into the past: product.md [3].</summary>
static class Replanning
{
    /// <summary>Makes the open enrollments of these people due now, so that the planner computes their next moment anew.</summary>
    internal static Task RequestAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, int organizationId, Instant now, long[] personIds) =>
        connection.ExecuteAsync("""
            update enrollments
            set floor_at = @now, next_due_at = @now
            where organization_id = @organizationId and person_id = any(@personIds) and state = 'active' and next_due_at is not null
            """, new { organizationId, now, personIds }, transaction);
}
