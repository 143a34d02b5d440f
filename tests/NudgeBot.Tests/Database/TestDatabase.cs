using Npgsql;

namespace NudgeBot.Tests.Database;

/// <summary>A database of its own for one test or test class: real PostgreSQL, migrated, gone when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    TestDatabase(string connectionString)
    {
        ConnectionString = connectionString;
        Source = NpgsqlDataSource.Create(connectionString);
    }

    /// <summary>With its password, for another process.</summary>
    public string ConnectionString { get; }

    public NpgsqlDataSource Source { get; }

    public static async Task<TestDatabase> CreateAsync() => new(await PostgresCluster.CreateDatabaseAsync(migrated: true));

    /// <summary>Without any table.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync() => new(await PostgresCluster.CreateDatabaseAsync(migrated: false));

    /// <summary>As this one is now, which nobody may be connected to meanwhile.</summary>
    public async Task<TestDatabase> CopyAsync()
    {
        Source.Clear();
        return new(await PostgresCluster.CopyDatabaseAsync(ConnectionString));
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await PostgresCluster.DropDatabaseAsync(ConnectionString);
    }
}
