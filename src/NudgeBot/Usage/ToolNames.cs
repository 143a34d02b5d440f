using Dapper;
using Npgsql;

namespace NudgeBot.Usage;

public static class ToolNames
{
    /// <returns>The tool of all campaigns; null where there is none, or several.</returns>
    public static async Task<string?> OnlyOneAsync(NpgsqlDataSource database, int organizationId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var tools = (await connection.QueryAsync<string>("select distinct tool from campaigns where organization_id = @organizationId", new { organizationId })).AsList();
        return tools is [var only] ? only : null;
    }
}
