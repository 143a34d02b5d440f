using Dapper;
using NodaTime;
using Npgsql;

namespace NudgeBot.Database;

/// <summary>Brings the schema to what this program needs. Every replica does so when it starts; the database decides who is first.</summary>
public static class Migrations
{
    /// <summary>Any number, as long as nothing else in the database locks by it.</summary>
    const long Lock = 0x6E75646765; // "nudge"

    /// <summary>Returns how many were applied; 0 if the database was up to date.</summary>
    /// <exception cref="DatabaseException">
    /// The database is newer than this program, an applied migration was changed, or one failed. What came before the failure stays.
    /// </exception>
    public static Task<int> ApplyAsync(NpgsqlDataSource database, ProductClock clock, CancellationToken cancellation) =>
        ApplyAsync(database, Migration.All, clock, cancellation);

    /// <summary>How many of this program's migrations the database lacks. A newer replica may have brought more than this program knows: that is no lack.</summary>
    public static async Task<int> MissingAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var applied = await connection.ExecuteScalarAsync<int>(
            new CommandDefinition("select count(*)::int from schema_migrations", cancellationToken: cancellation));
        return Math.Max(0, Migration.All.Count - applied);
    }

    internal static async Task<int> ApplyAsync(
        NpgsqlDataSource database, IReadOnlyList<Migration> migrations, ProductClock clock, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        for (var applied = 0; ; applied++)
            if (!await ApplyNextAsync(connection, migrations, clock.Now, cancellation)) return applied;
    }

    /// <summary>The lock ends with the transaction, so none is left behind in a pool; between two steps another replica may go on.</summary>
    static async Task<bool> ApplyNextAsync(NpgsqlConnection connection, IReadOnlyList<Migration> migrations, Instant now, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.ExecuteAsync("select pg_advisory_xact_lock(@Lock)", new { Lock }, transaction);
        await connection.ExecuteAsync(
            """
            create table if not exists schema_migrations (
              number     int primary key,
              name       text not null,
              checksum   text not null,
              applied_at timestamptz not null
            )
            """, transaction: transaction);
        var applied = (await connection.QueryAsync<Applied>(
            "select number, name, checksum from schema_migrations order by number", transaction: transaction)).AsList();
        Compare(applied, migrations);
        if (applied.Count == migrations.Count)
        {
            await transaction.CommitAsync(cancellation);
            return false;
        }
        var next = migrations[applied.Count];
        await RunAsync(connection, transaction, next, cancellation);
        await connection.ExecuteAsync(
            "insert into schema_migrations (number, name, checksum, applied_at) values (@Number, @Name, @Checksum, @now)",
            new { next.Number, next.Name, next.Checksum, now }, transaction);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    static void Compare(List<Applied> applied, IReadOnlyList<Migration> migrations)
    {
        for (var i = 0; i < applied.Count; i++)
        {
            var (number, name, checksum) = applied[i];
            if (number != i + 1)
                throw new DatabaseException($"The database has a gap: its table schema_migrations lacks {i + 1:0000} but has {number:0000}_{name}. "
                    + "Restore it from a backup.");
            if (i >= migrations.Count)
                throw new DatabaseException($"The database is newer than this program: it has {number:0000}_{name}, "
                    + $"and this program knows {migrations.Count} migrations. Run the newer NudgeBot that migrated it.");
            if (checksum != migrations[i].Checksum)
                throw new DatabaseException($"{migrations[i]}.sql was changed after it was applied to this database. "
                    + "Bring the file back as it was, and put the change into a new migration.");
        }
    }

    static async Task RunAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Migration migration, CancellationToken cancellation)
    {
        try
        {
            await using var command = new NpgsqlCommand(migration.Sql, connection, transaction);
            await command.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException error)
        {
            throw new DatabaseException($"{migration}.sql failed: {error.MessageText}", error);
        }
    }

    sealed record Applied(int Number, string Name, string Checksum);
}
