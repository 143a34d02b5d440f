using Dapper;
using Npgsql;

namespace NudgeBot.Usage;

public static class ToolNames
{
    /// <summary>The tools that campaigns are for.</summary>
    public static async Task<IReadOnlyList<string>> AllAsync(NpgsqlDataSource database, int organizationId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<string>("select distinct tool from campaigns where organization_id = @organizationId order by tool", new { organizationId })).AsList();
    }
}
