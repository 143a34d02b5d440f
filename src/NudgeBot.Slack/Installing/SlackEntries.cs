using Dapper;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Governance;

namespace NudgeBot.Slack.Installing;

/// <summary>What the audit log keeps of the app's coming to a workspace and going from it. No token stands in it, only that there is another one.</summary>
sealed class SlackEntries(NpgsqlConnection connection, ProductClock clock, Workspace workspace)
{
    const string Name = "workspace";

    /// <param name="before">Null where the app was not there.</param>
    public async Task InstalledAsync(SlackGrant grant, StandingInstallation? before)
    {
        var isSame = before is not null && before.Token == grant.Tokens.Access && before.BotUserId == grant.BotUserId && before.Scopes == grant.Scopes;
        if (isSame) return;
        var (by, place) = grant.IsGiven ? (new Actor.Operator(), AuditEntry.Settings) : (await InstallerAsync(grant.Installer), "slack");
        await WriteAsync(new AuditEntry(by, place, before is null ? AuditActions.WorkspaceConnect : AuditActions.WorkspaceChange)
        {
            Before = before is null ? null : new() { ["bot"] = Changed(before.BotUserId, grant.BotUserId), ["scopes"] = Changed(before.Scopes, grant.Scopes) },
            After = new()
            {
                [Name] = grant.TeamName,
                ["slack"] = grant.TeamId,
                ["bot"] = Changed(grant.BotUserId, before?.BotUserId),
                ["scopes"] = Changed(grant.Scopes, before?.Scopes),
                ["token"] = before is not null && before.Token != grant.Tokens.Access ? "another one" : null,
            },
        });
    }

    /// <summary>Slack says that the app is gone, and not who has removed it.</summary>
    public async Task RevokedAsync() => await WriteAsync(new AuditEntry(new Actor.System(), "slack", AuditActions.WorkspaceDisconnect) { After = new() { [Name] = await NameAsync() } });

    /// <summary>What the settings have as the key encrypts the tokens from now on.</summary>
    public async Task ResealedAsync() => await WriteAsync(new AuditEntry(new Actor.Operator(), AuditEntry.Settings, AuditActions.WorkspaceChange)
    {
        After = new() { [Name] = await NameAsync(), ["token"] = "encrypted with another key" },
    });

    static string? Changed(string value, string? other) => value == other ? null : value;

    /// <summary>Somebody who has an account here; a workspace's first installer has none yet.</summary>
    async Task<Actor> InstallerAsync(string? user) => await connection.QuerySingleOrDefaultAsync<long?>(
        "select person_id from accounts where organization_id = @OrganizationId and workspace_id = @Id and external_id = @user",
        new { workspace.OrganizationId, workspace.Id, user }) is { } person ? new Actor.Person(person) : new Actor.System();

    Task<string> NameAsync() => connection.QuerySingleAsync<string>("select name from workspaces where organization_id = @OrganizationId and id = @Id", workspace);

    Task WriteAsync(AuditEntry entry) => new AuditTrail(connection, clock).WriteAsync(workspace.OrganizationId, entry);
}

/// <summary>The app as it was in a workspace.</summary>
/// <param name="Token">Secret; null where it cannot be read any more.</param>
sealed record StandingInstallation(string BotUserId, string Scopes, string? Token)
{
    public override string ToString() => "(installation)";
}
