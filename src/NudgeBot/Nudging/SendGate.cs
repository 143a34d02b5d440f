using Dapper;
using Npgsql;

namespace NudgeBot.Nudging;

/// <summary>
/// Between asking whether a message may leave and its having left, nothing may be paused: whoever pauses waits for those that are under way, on every
/// replica, and what comes after finds the pause. So when a pause is answered, no further message leaves.
/// </summary>
/// <remarks>A lock of the database's in memory, shared by those who send. A message under way lasts as long as its platform may take to answer.</remarks>
sealed class SendGate(NpgsqlConnection held, NpgsqlTransaction until) : IAsyncDisposable
{
    const int Key = 0x1391;

    /// <summary>Whoever presses a button waits for its answer. Messages that hang longer than this may still arrive.</summary>
    const string Patience = "8s";

    /// <summary>For as long as it is not disposed of, messages of the organization may be sent, if nothing forbids them.</summary>
    public static async Task<SendGate> EnterAsync(NpgsqlDataSource database, int organizationId)
    {
        var connection = await database.OpenConnectionAsync(CancellationToken.None);
        try
        {
            var transaction = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync("select pg_advisory_xact_lock_shared(@Key, @organizationId)", new { Key, organizationId }, transaction);
            return new SendGate(connection, transaction);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Until the transaction on the connection ends, no message of the organization leaves.</summary>
    /// <returns>Whether all that were under way have left: false where one of them hangs.</returns>
    public static async Task<bool> CloseAsync(NpgsqlConnection connection, int organizationId)
    {
        await connection.ExecuteAsync($"savepoint closing; set local lock_timeout = '{Patience}'");
        try
        {
            await connection.ExecuteAsync("select pg_advisory_xact_lock(@Key, @organizationId)", new { Key, organizationId });
            await connection.ExecuteAsync("set local lock_timeout = default");
            return true;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await connection.ExecuteAsync("rollback to savepoint closing");
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await until.DisposeAsync();
        await held.DisposeAsync();
    }
}
