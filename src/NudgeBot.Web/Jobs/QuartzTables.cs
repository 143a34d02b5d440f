using Dapper;
using Npgsql;

namespace NudgeBot.Web.Jobs;

/// <summary>Quartz makes its tables itself, but not the schema they lie in, which keeps them apart from the product's.</summary>
sealed class QuartzTables(NpgsqlDataSource database)
{
    public const string Schema = "quartz";
    public const string Prefix = $"{Schema}.qrtz_";

    /// <summary>Any number, as long as nothing else in the database locks by it.</summary>
    const long Lock = 0x71756172747A; // "quartz"

    public async Task PrepareAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // "if not exists" alone fails when two replicas start at the same time.
        await connection.ExecuteAsync("select pg_advisory_xact_lock(@Lock)", new { Lock }, transaction);
        await connection.ExecuteAsync($"create schema if not exists {Schema}", transaction: transaction);
        await transaction.CommitAsync(cancellation);
    }
}
