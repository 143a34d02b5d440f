using Dapper;
using Npgsql;

namespace NudgeBot.Database;

/// <summary>
/// One import at a time per organization, until the transaction ends. Two would meet in the same rows of people and enrollments in different
/// order and lock each other out. Whoever derives an enrollment's days of use from <c>usage_days</c> takes it too: rows that an import has
/// not committed yet are invisible to him, and the import would not see his enrollment.
/// </summary>
static class ImportLock
{
    const int Key = 0x1390; // Any number that no other advisory lock of this program uses.

    public static Task TakeAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, int organizationId, CancellationToken stop) =>
        connection.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(@Key, @organizationId)", new { Key, organizationId }, transaction, cancellationToken: stop));

    /// <summary>For what can be done another time.</summary>
    /// <returns>False where somebody else has it.</returns>
    public static Task<bool> TryTakeAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, int organizationId, CancellationToken stop) =>
        connection.QuerySingleAsync<bool>(new CommandDefinition(
            "select pg_try_advisory_xact_lock(@Key, @organizationId)", new { Key, organizationId }, transaction, cancellationToken: stop));
}
