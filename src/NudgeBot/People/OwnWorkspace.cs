using Dapper;
using Npgsql;

namespace NudgeBot.People;

/// <summary>A workspace that this program keeps itself, for the playground and for simulations: every person has an account in it and every team a channel.</summary>
public static class OwnWorkspace
{
    /// <summary>For people and teams that are new to the workspace; an account's id is the person's e-mail, a channel's the team's name.</summary>
    public static async Task OpenAsync(NpgsqlDataSource database, int organizationId, int workspaceId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync("""
            with opened as (
              insert into accounts (organization_id, workspace_id, person_id, external_id)
              select organization_id, @workspaceId, id, email from persons where organization_id = @organizationId
              on conflict do nothing
              returning id, person_id, workspace_id)
            update persons p set account_id = opened.id, workspace_id = opened.workspace_id from opened where p.id = opened.person_id
            """, new { organizationId, workspaceId }, commandTimeout: 0);
        await connection.ExecuteAsync("""
            insert into team_channels (organization_id, workspace_id, team, external_id)
            select distinct organization_id, @workspaceId, team, team from segments where organization_id = @organizationId and team <> ''
            on conflict do nothing
            """, new { organizationId, workspaceId });
    }
}
