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

    /// <summary>The words of the platforms that workspaces are stored of, in whatever organization.</summary>
    public static async Task<IReadOnlyList<string>> PlatformsAsync(NpgsqlDataSource database, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<string>(
            "select distinct w.platform from workspaces w join organizations o on o.id = w.organization_id order by 1")).AsList();
    }

    /// <param name="name">Without regard to case; null: the only one.</param>
    /// <returns>Its id; null where none has that name, or where there are several and none was named.</returns>
    public static async Task<int?> FindAsync(NpgsqlDataSource database, string? name, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var found = (await connection.QueryAsync<int>(
            "select id from organizations where @name::text is null or lower(name) = lower(@name) limit 2", new { name })).AsList();
        return found is [var only] ? only : null;
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
