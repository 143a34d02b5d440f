using System.Collections.Concurrent;
using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;

namespace NudgeBot.Slack.Inbound;

/// <summary>Slack's teams, and the workspaces that they are here.</summary>
sealed class SlackWorkspaces(NpgsqlDataSource database)
{
    /// <summary>A workspace stays its organization's: what was found once is not asked for again.</summary>
    readonly ConcurrentDictionary<string, Workspace> known = new();

    /// <returns>Null where the app was never installed in it.</returns>
    public async Task<Workspace?> FindAsync(string team, CancellationToken cancellation)
    {
        if (known.TryGetValue(team, out var workspace)) return workspace;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<(int OrganizationId, int Id)?>(
            "select organization_id, id from workspaces where platform = 'slack' and external_id = @team", new { team });
        return row is { } found ? known[team] = new Workspace(found.OrganizationId, found.Id) : null;
    }

    /// <param name="at">In product time: an installation that is younger is another one.</param>
    public async Task RevokeAsync(Workspace workspace, Instant at, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync("""
            update slack_installations set revoked_at = @at
            where organization_id = @OrganizationId and workspace_id = @Id and revoked_at is null and installed_at <= @at
            """, new { workspace.OrganizationId, workspace.Id, at });
    }
}
