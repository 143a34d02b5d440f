using System.Text.Json.Nodes;
using Dapper;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Limits;
using NudgeBot.People;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack.People;

/// <summary>
/// Looks for those who are new on the roster by their e-mail, so that nobody waits for the daily reading: their nudges are held as long. Many are found
/// sooner by reading the workspace anew.
/// </summary>
sealed class SlackNewcomers(SlackCalls calls, NpgsqlDataSource database)
{
    const int Many = 500;

    /// <summary>Looked for in one go: what Slack allows until the next one.</summary>
    const int AtATime = 48;

    public async Task LookForAsync(Workspace workspace, Profiles profiles, CancellationToken cancellation)
    {
        var newcomers = await NewAsync(workspace, cancellation);
        if (newcomers.Count > Many)
        {
            await ReadAnewAsync(workspace, cancellation);
            return;
        }
        foreach (var newcomer in newcomers.Take(AtATime))
        {
            cancellation.ThrowIfCancellationRequested();
            // Whoever has an account there is known.
            if (newcomer.IsKnown) await TakeAsync(workspace, profiles, newcomer, null);
            else if (!await AskAsync(workspace, profiles, newcomer, cancellation)) return;
        }
    }

    /// <summary>At the end of a reading: all who were on the roster at its beginning.</summary>
    public static Task LookedForAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Workspace workspace) => connection.ExecuteAsync("""
        update workspaces w set people_to = greatest(w.people_to, r.people_to)
        from slack_people_reads r
        where w.organization_id = @OrganizationId and w.id = @Id and r.workspace_id = w.id
        """, workspace, transaction);

    /// <returns>Whether Slack knew.</returns>
    async Task<bool> AskAsync(Workspace workspace, Profiles profiles, Newcomer newcomer, CancellationToken cancellation)
    {
        var answer = await calls.CallAsync(workspace, SlackMethod.UsersLookupByEmail, new JsonObject { ["email"] = newcomer.Email }, Urgency.Bulk, cancellation: cancellation);
        if (answer is SlackAnswer.Ok ok) await TakeAsync(workspace, profiles, newcomer, ok.Body.TryGetProperty("user", out var user) ? Member.Read(user) : null);
        else if (answer is SlackAnswer.Refused { Error: SlackError.NobodyFound }) await TakeAsync(workspace, profiles, newcomer, null);
        else return false;
        return true;
    }

    /// <param name="member">Null where the workspace does not know the newcomer.</param>
    async Task TakeAsync(Workspace workspace, Profiles profiles, Newcomer newcomer, Member? member)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        if (member is not null) await SlackPeople.TakeAsync(connection, transaction, workspace, profiles, [member], CancellationToken.None);
        await connection.ExecuteAsync("""
            update workspaces set people_to = greatest(people_to, @person) where organization_id = @OrganizationId and id = @Id
            """, new { workspace.OrganizationId, workspace.Id, person = newcomer.Id }, transaction);
        await transaction.CommitAsync();
    }

    /// <summary>None while the workspace is being read.</summary>
    async Task<IReadOnlyList<Newcomer>> NewAsync(Workspace workspace, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<Newcomer>("""
            select p.id, p.email, exists (select from accounts a where a.person_id = p.id and a.workspace_id = w.id) as is_known
            from slack_people_reads r
            join workspaces w on w.id = r.workspace_id
            join persons p on p.organization_id = w.organization_id and p.id > w.people_to
            where r.organization_id = @OrganizationId and r.workspace_id = @Id and r.cursor = '' and r.finished_at is not null
            order by p.id
            limit @Many + 1
            """, new { workspace.OrganizationId, workspace.Id, Many })).AsList();
    }

    async Task ReadAnewAsync(Workspace workspace, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(
            "update slack_people_reads set finished_at = null where organization_id = @OrganizationId and workspace_id = @Id and cursor = ''", workspace);
    }

    sealed record Newcomer
    {
        public long Id { get; init; }
        public string Email { get; init; } = "";
        public bool IsKnown { get; init; }
    }
}
