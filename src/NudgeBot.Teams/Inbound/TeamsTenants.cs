using Dapper;
using Npgsql;
using NudgeBot.Chat;

namespace NudgeBot.Teams.Inbound;

/// <summary>Whose tenant it is, and where Teams has it.</summary>
sealed class TeamsTenants(NpgsqlDataSource database, TeamsSettings settings)
{
    /// <summary>The service URL is kept: the newest one counts.</summary>
    /// <param name="tenant">Its id in lower case.</param>
    /// <returns>Null where it is no workspace of anybody here.</returns>
    public async Task<Workspace?> FindAsync(string tenant, Uri serviceUrl, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var found = await connection.QuerySingleOrDefaultAsync<(int OrganizationId, int Id, string? ServiceUrl)?>("""
            select w.organization_id, w.id, t.service_url
            from workspaces w left join teams_tenants t on t.workspace_id = w.id and t.organization_id = w.organization_id
            where w.platform = 'teams' and w.external_id = @tenant
            """, new { tenant });
        if (found is not var (organizationId, id, known)) return null;
        var workspace = new Workspace(organizationId, id);
        if (known != serviceUrl.OriginalString) await MovedAsync(connection, workspace, serviceUrl.OriginalString);
        return workspace;
    }

    Task MovedAsync(NpgsqlConnection connection, Workspace workspace, string serviceUrl) => connection.ExecuteAsync("""
        insert into teams_tenants (workspace_id, organization_id, bot_id, service_url) values (@Id, @OrganizationId, @bot, @serviceUrl)
        on conflict (workspace_id) do update set service_url = excluded.service_url where teams_tenants.organization_id = excluded.organization_id
        """, new { workspace.Id, workspace.OrganizationId, bot = $"28:{settings.AppId}", serviceUrl });
}
