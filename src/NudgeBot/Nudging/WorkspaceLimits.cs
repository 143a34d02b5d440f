using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;

namespace NudgeBot.Nudging;

/// <summary>A platform's rate limit belongs to the workspace, not to the message that met it: nothing is sent there before it is over.</summary>
sealed class WorkspaceLimits(NpgsqlDataSource database)
{
    public async Task WaitAsync(Workspace workspace, Instant until)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await connection.ExecuteAsync("""
            update workspaces set send_not_before = greatest(send_not_before, @until)
            where organization_id = @OrganizationId and id = @Id
            """, new { workspace.OrganizationId, workspace.Id, until });
    }
}
