using Dapper;
using Npgsql;
using NudgeBot.Chat;

namespace NudgeBot.People;

/// <summary>
/// Looks for those who are new on the roster by their e-mail, so that nobody waits for the daily reading: their nudges are held as long. Many are found
/// sooner by reading the workspace anew.
/// </summary>
/// <param name="ask">For the members with an e-mail; none where the workspace knows nobody, null where it did not say.</param>
/// <param name="atATime">Looked for in one go: what the platform's limits allow until the next one.</param>
sealed class Newcomers(NpgsqlDataSource database, Func<Workspace, string, CancellationToken, Task<IReadOnlyList<Member>?>> ask, int atATime)
{
    const int Many = 500;

    public async Task LookForAsync(Workspace workspace, Profiles profiles, CancellationToken cancellation)
    {
        var newcomers = await NewAsync(workspace, cancellation);
        if (newcomers.Count > Many)
        {
            await ReadAnewAsync(workspace, cancellation);
            return;
        }
        foreach (var newcomer in newcomers.Take(atATime))
        {
            cancellation.ThrowIfCancellationRequested();
            // Whoever has an account there is known.
            if ((newcomer.IsKnown ? [] : await ask(workspace, newcomer.Email, cancellation)) is not { } members) return;
            await TakeAsync(workspace, profiles, newcomer, members);
        }
    }

    async Task TakeAsync(Workspace workspace, Profiles profiles, Newcomer newcomer, IReadOnlyList<Member> members)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        await new AccountLinks(connection, transaction, workspace).TakeAsync(profiles, members, CancellationToken.None);
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
            from people_reads r
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
            "update people_reads set finished_at = null, changes_from = '' where organization_id = @OrganizationId and workspace_id = @Id and cursor = ''", workspace);
    }

    sealed record Newcomer
    {
        public long Id { get; init; }
        public string Email { get; init; } = "";
        public bool IsKnown { get; init; }
    }
}
