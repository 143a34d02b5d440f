using Dapper;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Database;
using NudgeBot.People;
using NudgeBot.Teams.Connector;
using NudgeBot.Teams.Graph;
using NudgeBot.Teams.Inbound;

namespace NudgeBot.Teams.People;

/// <summary>The zones of people of whom the roster names none, as their mailboxes have them: asked for after each reading, one by one.</summary>
sealed class MailboxZones(GraphCalls graph, NpgsqlDataSource database)
{
    /// <summary>In one go, which a minute follows.</summary>
    const int AtATime = 300;

    /// <summary>As many as the limit leaves now; none where an admin has not consented, until the next reading.</summary>
    public async Task ReadAsync(Workspace workspace, Profiles profiles, CancellationToken cancellation)
    {
        foreach (var (account, user) in await NextAsync(workspace, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            switch (await graph.ZoneAsync(workspace, user, cancellation))
            {
                case TeamsAnswer.Ok ok:
                    await TakeAsync(workspace, profiles, account, Profile.Of(user, ok.Body.Text("value"), locale: null));
                    break;
                case TeamsAnswer.Refused { Code: TeamsError.MissingPermission }:
                    await StoreAsync(workspace, account: null);
                    return;
                // Not everybody has a mailbox there.
                case TeamsAnswer.Refused { Status: not TeamsError.Unauthorized }:
                    await StoreAsync(workspace, account);
                    break;
                default:
                    return;
            }
        }
    }

    async Task<IReadOnlyList<(long Account, string User)>> NextAsync(Workspace workspace, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<(long, string)>("""
            select a.id, a.external_id
            from people_reads r
            join accounts a on a.workspace_id = r.workspace_id and a.id > r.zones_to
            join persons p on p.id = a.person_id and p.account_id = a.id and not p.time_zone_given
            where r.organization_id = @OrganizationId and r.workspace_id = @Id and a.unreachable is null
            order by a.id
            limit @AtATime
            """, new { workspace.OrganizationId, workspace.Id, AtATime })).AsList();
    }

    async Task TakeAsync(Workspace workspace, Profiles profiles, long account, Profile profile)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        await ImportLock.TakeAsync(connection, transaction, workspace.OrganizationId, CancellationToken.None);
        await profiles.TakeAsync(connection, transaction, workspace, [profile]);
        await StoreAsync(workspace, account, connection, transaction);
        await transaction.CommitAsync();
    }

    async Task StoreAsync(Workspace workspace, long? account)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await StoreAsync(workspace, account, connection, transaction: null);
    }

    static Task StoreAsync(Workspace workspace, long? account, NpgsqlConnection connection, NpgsqlTransaction? transaction) => connection.ExecuteAsync(
        "update people_reads set zones_to = @account where organization_id = @OrganizationId and workspace_id = @Id", new { workspace.OrganizationId, workspace.Id, account }, transaction);
}
