using Dapper;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Database;

namespace NudgeBot.Slack.Installing;

/// <summary>The bot tokens of the workspaces, encrypted in the database.</summary>
public sealed class SlackTokens(NpgsqlDataSource database, SecretBox secrets)
{
    /// <returns>Null where the app is not installed any more.</returns>
    public async Task<string?> OfAsync(Workspace workspace, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var box = await connection.QuerySingleOrDefaultAsync<byte[]>("""
            select bot_token from slack_installations
            where organization_id = @OrganizationId and workspace_id = @Id and revoked_at is null
            """, workspace);
        return box is null ? null : secrets.Open(box, ContextOf(workspace));
    }

    public static string ContextOf(Workspace workspace) => $"slack bot token {workspace.Id}";
}
