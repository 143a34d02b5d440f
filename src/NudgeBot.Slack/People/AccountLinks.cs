using Dapper;
using Npgsql;
using NudgeBot.Chat;

namespace NudgeBot.Slack.People;

/// <summary>Accounts of persons, by e-mail. Who is in no roster gets none.</summary>
sealed class AccountLinks(NpgsqlConnection connection, NpgsqlTransaction transaction, Workspace workspace)
{
    /// <returns>How many accounts are new, or another person's than before.</returns>
    public async Task<int> LinkAsync(IReadOnlyList<Member> members)
    {
        var parameters = new
        {
            workspace.OrganizationId,
            workspace.Id,
            ids = members.Select(member => member.Id).ToArray(),
            emails = members.Select(member => member.Email).ToArray(),
            reasons = members.Select(member => member.Unreachable).ToArray(),
        };
        // Everybody who is still there is tried again, whatever was against it before. A new e-mail makes it another person's account.
        var linked = await connection.ExecuteAsync("""
            insert into accounts (organization_id, workspace_id, person_id, external_id)
            select @OrganizationId, @Id, p.id, m.id
            from unnest(@ids, @emails, @reasons) as m(id, email, reason)
            join persons p on p.organization_id = @OrganizationId and p.email = m.email
            where m.reason is null
            order by m.id
            on conflict (workspace_id, external_id) do update set person_id = excluded.person_id, unreachable = null
            where (accounts.person_id, accounts.unreachable) is distinct from (excluded.person_id, null::text)
            """, parameters, transaction);
        await connection.ExecuteAsync("""
            update accounts a set unreachable = m.reason
            from unnest(@ids, @reasons) as m(id, reason)
            where a.organization_id = @OrganizationId and a.workspace_id = @Id and a.external_id = m.id and m.reason is not null
            """, parameters, transaction);
        await connection.ExecuteAsync("""
            update persons p set account_id = null, workspace_id = null
            from accounts a
            where p.organization_id = @OrganizationId and a.id = p.account_id and a.workspace_id = @Id and a.external_id = any(@ids)
              and (a.person_id <> p.id or a.unreachable = any(@reasons))
            """, parameters, transaction);
        await connection.ExecuteAsync("""
            update persons p set account_id = a.id, workspace_id = a.workspace_id
            from accounts a
            where p.organization_id = @OrganizationId and a.person_id = p.id and p.account_id is null
              and a.workspace_id = @Id and a.external_id = any(@ids) and a.unreachable is null
            """, parameters, transaction);
        return linked;
    }
}
