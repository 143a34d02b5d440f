using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Database;
using NudgeBot.People;

namespace NudgeBot.Slack.Installing;

/// <summary>In which Slack workspaces the app is installed, and for which organization.</summary>
public sealed class SlackInstallations(NpgsqlDataSource database, SecretBox secrets, ProductClock clock)
{
    /// <summary>A workspace stays its organization's: what was found once is not asked for again.</summary>
    readonly ConcurrentDictionary<string, Workspace> known = new();

    /// <param name="team">Slack's id of the workspace.</param>
    /// <returns>Null where the app was never installed in it.</returns>
    public async Task<Workspace?> FindAsync(string team, CancellationToken cancellation)
    {
        if (known.TryGetValue(team, out var workspace)) return workspace;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<(int OrganizationId, int Id)?>(
            "select organization_id, id from workspaces where platform = 'slack' and external_id = @team", new { team });
        return row is { } found ? known[team] = new Workspace(found.OrganizationId, found.Id) : null;
    }

    /// <summary>
    /// Installs the app, or installs it again: the workspace keeps its accounts and channels and only gets its new token. Whoever is installing at the
    /// same time comes first or second, and the later one counts.
    /// </summary>
    /// <returns>Null where the workspace is another organization's.</returns>
    public async Task<Workspace?> InstallAsync(int organizationId, SlackGrant grant, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.ExecuteAsync("select from organizations where id = @organizationId for no key update", new { organizationId }, transaction);
        var id = await connection.QuerySingleOrDefaultAsync<int?>("""
            insert into workspaces (organization_id, platform, external_id, name, people_to) values (@organizationId, 'slack', @TeamId, @TeamName, 0)
            on conflict (platform, external_id) do update set name = excluded.name where workspaces.organization_id = excluded.organization_id
            returning id
            """, new { organizationId, grant.TeamId, grant.TeamName }, transaction);
        if (id is null) return null;

        var workspace = new Workspace(organizationId, id.Value);
        var before = await StandingAsync(connection, workspace);
        if (!grant.IsGiven || before is null || before.BotUserId != grant.BotUserId || before.Scopes != grant.Scopes) await ReadPeopleAnewAsync(connection, transaction, workspace);
        await connection.ExecuteAsync("""
            insert into slack_installations (workspace_id, organization_id, app_id, bot_user_id, scopes, bot_token, refresh_token, expires_at, installed_at)
            values (@Id, @OrganizationId, @AppId, @BotUserId, @Scopes, @token, @refresh, @ExpiresAt, @now)
            on conflict (workspace_id) do update
            set app_id = coalesce(excluded.app_id, slack_installations.app_id), bot_user_id = excluded.bot_user_id, scopes = excluded.scopes,
                bot_token = excluded.bot_token, refresh_token = excluded.refresh_token, expires_at = excluded.expires_at,
                refreshing_until = null, installed_at = excluded.installed_at, revoked_at = null
            where slack_installations.organization_id = excluded.organization_id
            """, new
        {
            workspace.Id,
            workspace.OrganizationId,
            grant.AppId,
            grant.BotUserId,
            grant.Scopes,
            token = secrets.Seal(grant.Tokens.Access, SlackTokens.ContextOf(workspace)),
            refresh = grant.Tokens.Refresh is { } refresh ? secrets.Seal(refresh, SlackTokens.RefreshContextOf(workspace)) : null,
            grant.Tokens.ExpiresAt,
            now = clock.Now,
        }, transaction);
        await new SlackEntries(connection, clock, workspace).InstalledAsync(grant, before);
        await transaction.CommitAsync(cancellation);
        return workspace;
    }

    /// <returns>Null where the app is not there.</returns>
    async Task<StandingInstallation?> StandingAsync(NpgsqlConnection connection, Workspace workspace)
    {
        var found = await connection.QuerySingleOrDefaultAsync<(string BotUserId, string Scopes, byte[] BotToken)?>("""
            select bot_user_id, scopes, bot_token from slack_installations where organization_id = @OrganizationId and workspace_id = @Id and revoked_at is null
            """, workspace);
        return found is var (bot, scopes, token) ? new StandingInstallation(bot, scopes, Opened(token, SlackTokens.ContextOf(workspace))) : null;
    }

    /// <summary>Under a key that is lost, it is another one than whatever comes now.</summary>
    string? Opened(byte[] box, string context)
    {
        try
        {
            return secrets.Open(box, context);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The row stays: by its cursor a reading that is under way sees that it is the old one.</summary>
    static Task ReadPeopleAnewAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Workspace workspace) =>
        connection.ExecuteAsync("""
            insert into people_reads (organization_id, workspace_id) values (@OrganizationId, @Id)
            on conflict (workspace_id) do update set cursor = '', finished_at = null where people_reads.organization_id = excluded.organization_id
            """, workspace, transaction);

    /// <summary>
    /// The app was uninstalled, or Slack says that its token is worth nothing: the token is thrown away, and from now on nothing is sent or read there.
    /// Due nudges fail as not installed, except of people who have an account somewhere else. Accounts and channels stay, for the day on which the app is
    /// installed again.
    /// </summary>
    /// <param name="at">When that was, in product time: an installation that is younger is another one, and stays.</param>
    public async Task RevokeAsync(Workspace workspace, Instant at, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var revoked = await connection.ExecuteAsync("""
            update slack_installations set revoked_at = @at, bot_token = null, refresh_token = null, expires_at = null, refreshing_until = null
            where organization_id = @OrganizationId and workspace_id = @Id and revoked_at is null and installed_at <= @at
            """, new { workspace.OrganizationId, workspace.Id, at });
        await OtherAccounts.TakeOverAsync(connection, workspace, account: null, cancellation);
        if (revoked > 0) await new SlackEntries(connection, clock, workspace).RevokedAsync();
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Whether a workspace may become this organization's: its first one, one that it has, or one that is listed.</summary>
    public async Task<bool> MayInstallAsync(int organizationId, string team, IReadOnlyList<string> allowed, CancellationToken cancellation)
    {
        if (allowed.Contains(team)) return true;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleAsync<bool>("""
            select not exists (select from workspaces where organization_id = @organizationId and platform = 'slack')
                or exists (select from workspaces where organization_id = @organizationId and platform = 'slack' and external_id = @team)
            """, new { organizationId, team });
    }

    /// <summary>How all of them are, for whoever watches the program.</summary>
    public async Task<IReadOnlyList<InstalledWorkspace>> ListAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<InstalledWorkspace>("""
            select w.id, s.scopes, s.revoked_at, case when s.refresh_token is null then s.expires_at end as ends_at
            from workspaces w join slack_installations s on s.workspace_id = w.id and s.organization_id = w.organization_id
            order by w.id
            """)).AsList();
    }

    /// <summary>Brings every token under the first key, so that the second one can be left out at the next start.</summary>
    /// <exception cref="SettingException">A token was sealed under a key that is not given.</exception>
    public async Task ResealAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var all = (await connection.QueryAsync<SealedTokens>("""
            select w.organization_id, w.id, w.name, s.bot_token, s.refresh_token
            from workspaces w join slack_installations s on s.workspace_id = w.id and s.organization_id = w.organization_id
            where s.revoked_at is null
            """)).AsList();
        foreach (var one in all)
        {
            var workspace = new Workspace(one.OrganizationId, one.Id);
            var token = Resealed(one, one.BotToken, SlackTokens.ContextOf(workspace));
            var refresh = Resealed(one, one.RefreshToken, SlackTokens.RefreshContextOf(workspace));
            if (token == one.BotToken && refresh == one.RefreshToken) continue;
            // Another replica may have renewed it in this moment, under the first key already.
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            var changed = await connection.ExecuteAsync("""
                update slack_installations set bot_token = @token, refresh_token = @refresh
                where organization_id = @OrganizationId and workspace_id = @Id and bot_token = @BotToken
                """, new { one.OrganizationId, one.Id, one.BotToken, token, refresh });
            if (changed > 0) await new SlackEntries(connection, clock, workspace).ResealedAsync();
            await transaction.CommitAsync(cancellation);
        }
    }

    byte[]? Resealed(SealedTokens of, byte[]? box, string context)
    {
        if (box is null) return null;
        try
        {
            var secret = secrets.Open(box, context);
            return secrets.IsUnderFirstKey(box) ? box : secrets.Seal(secret, context);
        }
        catch (CryptographicException)
        {
            throw new SettingException($"The token of the Slack workspace '{of.Name}' was encrypted with another {SecretBox.Setting}. Start with that key; to change keys, "
                + "give the new one and that one with a comma between. If it is lost: delete the workspace's row in slack_installations, and install the app again.");
        }
    }

    sealed record SealedTokens
    {
        public int OrganizationId { get; init; }
        public int Id { get; init; }
        public string Name { get; init; } = "";
        public byte[]? BotToken { get; init; }
        public byte[]? RefreshToken { get; init; }
    }
}

/// <summary>How the app is in one workspace. By its id, as in the log: whoever asks for the health is not asked who they are.</summary>
public sealed record InstalledWorkspace
{
    public int Id { get; init; }
    public string Scopes { get; init; } = "";
    public Instant? RevokedAt { get; init; }

    /// <summary>The token ends then, and Slack renews it no more.</summary>
    public Instant? EndsAt { get; init; }
}
