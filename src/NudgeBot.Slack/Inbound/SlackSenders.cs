using System.Text.Json.Nodes;
using Dapper;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack.Inbound;

/// <summary>Who is speaking: Slack's user, the account, the person. Somebody who is new here is found by the e-mail that Slack has.</summary>
sealed class SlackSenders(NpgsqlDataSource database, SlackCalls calls)
{
    /// <returns>Null for somebody who is not on the roster, or of whom Slack does not tell the e-mail.</returns>
    public async Task<Sender?> FindAsync(Workspace workspace, string user, CancellationToken cancellation) =>
        await KnownAsync(workspace, user, cancellation)
        ?? (await EmailAsync(workspace, user, cancellation) is { } email && await LinkAsync(workspace, user, email, cancellation)
            ? await KnownAsync(workspace, user, cancellation)
            : null);

    /// <summary>For what Slack's limits make us say; English to strangers.</summary>
    public async Task<string> LocaleAsync(Workspace workspace, string user, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<string>("""
            select p.locale from accounts a join persons p on p.id = a.person_id
            where a.organization_id = @OrganizationId and a.workspace_id = @Id and a.external_id = @user
            """, new { workspace.OrganizationId, workspace.Id, user }) ?? "en";
    }

    /// <summary>Nudges go to the account that the person last answered from.</summary>
    async Task<Sender?> KnownAsync(Workspace workspace, string user, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var known = await connection.QuerySingleOrDefaultAsync<(long PersonId, long AccountId)?>("""
            with known as (
              select id, person_id from accounts where organization_id = @OrganizationId and workspace_id = @Id and external_id = @user),
            moved as (
              update persons p set workspace_id = @Id, account_id = known.id
              from known
              where p.organization_id = @OrganizationId and p.id = known.person_id and p.account_id is distinct from known.id)
            select person_id, id from known
            """, new { workspace.OrganizationId, workspace.Id, user });
        return known is { } found ? new Sender(workspace.OrganizationId, found.PersonId, found.AccountId) : null;
    }

    async Task<string?> EmailAsync(Workspace workspace, string user, CancellationToken cancellation) =>
        (await calls.CallAsync(workspace, SlackMethod.UsersInfo, new JsonObject { ["user"] = user }, Urgency.Interactive, cancellation: cancellation)).Match(
            ok => ok.Body.At("user") is { } found && !found.Is("is_bot") && !found.Is("deleted") ? found.Text("profile", "email")?.ToLowerInvariant() : null,
            refused => null,
            // Not "you are not on the roster": nobody knows yet.
            throttled => throw new SlackSilentException("users.info: throttled"),
            noAnswer => throw new SlackSilentException($"users.info: {noAnswer.Why}"));

    async Task<bool> LinkAsync(Workspace workspace, string user, string email, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleAsync<bool>("""
            with linked as (
              insert into accounts (organization_id, workspace_id, person_id, external_id)
              select organization_id, @Id, id, @user from persons where organization_id = @OrganizationId and email = @email
              on conflict (workspace_id, external_id) do nothing)
            select exists (select from persons where organization_id = @OrganizationId and email = @email)
            """, new { workspace.OrganizationId, workspace.Id, user, email });
    }
}

/// <summary>Slack did not answer what had to be known: it is tried again later.</summary>
sealed class SlackSilentException(string what) : Exception(what);
