using Dapper;
using Npgsql;

namespace NudgeBot.People;

/// <summary>Who uses this installation; most have one.</summary>
public static class Organizations
{
    public static async Task<IReadOnlyList<int>> IdsAsync(NpgsqlDataSource database, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<int>("select id from organizations order by id")).AsList();
    }

    /// <summary>Whether a chat platform is connected, so that somebody can be reached at all.</summary>
    public static async Task<bool> HasWorkspaceAsync(NpgsqlDataSource database, int organizationId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleAsync<bool>(
            "select exists (select from workspaces where organization_id = @organizationId)", new { organizationId });
    }

    /// <summary>Creates the first one; where there is one already, under whatever name, nothing happens.</summary>
    /// <returns>Whether it was created.</returns>
    public static async Task<bool> EnsureFirstAsync(NpgsqlDataSource database, string name, ProductClock clock, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // Replicas that start together with different names would each create theirs.
        await connection.ExecuteAsync("lock table organizations in share row exclusive mode", transaction: transaction);
        var created = await connection.ExecuteAsync("""
            insert into organizations (name, created_at) select @name, @now where not exists (select from organizations)
            """, new { name, now = clock.Now }, transaction);
        await transaction.CommitAsync(cancellation);
        return created > 0;
    }
}
