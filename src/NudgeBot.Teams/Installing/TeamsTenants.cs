using System.Collections.Concurrent;
using Dapper;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Governance;

namespace NudgeBot.Teams.Installing;

/// <summary>The tenant that the bot is registered in, as a workspace of an organization, and where its conversations are.</summary>
sealed class TeamsTenants(NpgsqlDataSource database, ProductClock clock)
{
    /// <summary>A workspace stays its organization's: what was found once is not asked for again.</summary>
    readonly ConcurrentDictionary<string, Workspace> known = new();

    /// <summary>What this process has stored last: every activity names it, and hardly one changes it.</summary>
    readonly ConcurrentDictionary<Workspace, string> stored = new();

    /// <param name="tenant">Microsoft's id of the tenant, in small letters.</param>
    /// <returns>Null where it is no workspace of this database.</returns>
    public async Task<Workspace?> FindAsync(string tenant, CancellationToken cancellation)
    {
        if (known.TryGetValue(tenant, out var workspace)) return workspace;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<(int OrganizationId, int Id)?>(
            "select organization_id, id from workspaces where platform = 'teams' and external_id = @tenant", new { tenant });
        return row is { } found ? known[tenant] = new Workspace(found.OrganizationId, found.Id) : null;
    }

    /// <summary>
    /// The workspace of the tenant, made where there is none. Without Graph nobody is looked for in it: people have an account as soon as they have the app.
    /// </summary>
    /// <returns>Null where the workspace is another organization's.</returns>
    public async Task<Workspace?> ConnectAsync(int organizationId, TeamsSettings settings, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.ExecuteAsync("select from organizations where id = @organizationId for no key update", new { organizationId }, transaction);
        var before = await connection.QuerySingleOrDefaultAsync<ConnectedTenant>("""
            select t.bot_id, w.people_to is not null as uses_graph
            from workspaces w join teams_tenants t on t.workspace_id = w.id
            where w.organization_id = @organizationId and w.platform = 'teams' and w.external_id = @TenantId
            """, new { organizationId, settings.TenantId }, transaction);
        var id = await connection.QuerySingleOrDefaultAsync<int?>("""
            insert into workspaces (organization_id, platform, external_id, name, people_to)
            select id, 'teams', @TenantId, name, case when @UsesGraph then 0 end from organizations where id = @organizationId
            on conflict (platform, external_id) do update set people_to = case when @UsesGraph then coalesce(workspaces.people_to, 0) end
            where workspaces.organization_id = excluded.organization_id
            returning id
            """, new { organizationId, settings.TenantId, settings.UsesGraph }, transaction);
        if (id is null) return null;

        await connection.ExecuteAsync("""
            insert into teams_tenants (workspace_id, organization_id, bot_id) values (@id, @organizationId, @BotId)
            on conflict (workspace_id) do update set bot_id = excluded.bot_id where teams_tenants.organization_id = excluded.organization_id
            """, new { id, organizationId, settings.BotId }, transaction);
        if (EntryOf(before, new ConnectedTenant(settings.BotId, settings.UsesGraph), settings.TenantId) is { } entry)
            await new AuditTrail(connection, clock).WriteAsync(organizationId, entry, cancellation);
        await transaction.CommitAsync(cancellation);
        return new Workspace(organizationId, id.Value);
    }

    /// <returns>Null where everything is as it was before.</returns>
    static AuditEntry? EntryOf(ConnectedTenant? before, ConnectedTenant after, string tenant) => after == before ? null
        : new AuditEntry(new Actor.Operator(), AuditEntry.Settings, before is null ? AuditActions.WorkspaceConnect : AuditActions.WorkspaceChange)
        {
            Before = before is null ? null : ValuesOf(before, after),
            After = ValuesOf(after, before, tenant),
        };

    static AuditValues ValuesOf(ConnectedTenant one, ConnectedTenant? other, string? tenant = null) => new()
    {
        ["teams"] = tenant,
        ["bot"] = one.BotId == other?.BotId ? null : one.BotId,
        ["microsoft graph"] = one.UsesGraph == other?.UsesGraph ? null : one.UsesGraph ? "yes" : "no",
    };

    /// <summary>An activity of the tenant has come: where it says that conversations are, they are from now on.</summary>
    /// <param name="serviceUrl">One that was let in: the bot's token is sent there.</param>
    public async Task StoreServiceUrlAsync(Workspace workspace, Uri serviceUrl, CancellationToken cancellation)
    {
        var url = serviceUrl.OriginalString;
        if (stored.TryGetValue(workspace, out var last) && last == url) return;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync("""
            update teams_tenants set service_url = @url where organization_id = @OrganizationId and workspace_id = @Id and service_url is distinct from @url
            """, new { workspace.OrganizationId, workspace.Id, url });
        stored[workspace] = url;
    }

    /// <returns>Null before the first activity.</returns>
    public async Task<Uri?> ServiceUrlAsync(Workspace workspace, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<string?>(
            "select service_url from teams_tenants where organization_id = @OrganizationId and workspace_id = @Id", workspace) is { } url ? new Uri(url) : null;
    }

    /// <summary>Whether Graph has taken a call for which this permission is needed.</summary>
    public async Task StoreConsentAsync(Workspace workspace, string permission, bool isGiven)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await connection.ExecuteAsync("""
            update teams_tenants
            set missing_permissions = case when @isGiven then array_remove(missing_permissions, @permission) else array_append(missing_permissions, @permission) end
            where organization_id = @OrganizationId and workspace_id = @Id and (@permission = any(missing_permissions)) = @isGiven
            """, new { workspace.OrganizationId, workspace.Id, permission, isGiven });
    }

    /// <summary>What Graph was refused for; in the order of the alphabet.</summary>
    public async Task<IReadOnlyList<string>> MissingPermissionsAsync(Workspace workspace, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<string>("""
            select unnest(missing_permissions) from teams_tenants where organization_id = @OrganizationId and workspace_id = @Id order by 1
            """, workspace)).AsList();
    }

    /// <summary>Those of which an activity has come.</summary>
    public async Task<IReadOnlyList<Workspace>> ReachableAsync(int organizationId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return [.. (await connection.QueryAsync<int>("""
            select workspace_id from teams_tenants where organization_id = @organizationId and service_url is not null order by workspace_id
            """, new { organizationId })).Select(id => new Workspace(organizationId, id))];
    }
}

/// <param name="UsesGraph">People are read from Microsoft Graph.</param>
sealed record ConnectedTenant(string BotId, bool UsesGraph);
