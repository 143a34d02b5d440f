using Dapper;
using Npgsql;

namespace NudgeBot.Web.Tests;

/// <summary>Stops programs at a known place: where they touch a table that the test has locked.</summary>
sealed class TableLock : IAsyncDisposable
{
    readonly NpgsqlTransaction holder;

    TableLock(NpgsqlTransaction holder) => this.holder = holder;

    public static async Task<TableLock> TakeAsync(NpgsqlDataSource database, string table, string mode)
    {
        var connection = await database.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync($"lock table {table} in {mode} mode", transaction: transaction);
        return new TableLock(transaction);
    }

    public async ValueTask DisposeAsync()
    {
        await using var connection = holder.Connection;
        await holder.DisposeAsync();
    }
}
