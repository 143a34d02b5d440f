using Dapper;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Database;

namespace NudgeBot.People;

/// <summary>Accounts of persons, by e-mail. Who is in no roster gets none.</summary>
sealed class AccountLinks(NpgsqlConnection connection, NpgsqlTransaction transaction, Workspace workspace)
{
    /// <summary>
    /// Who is linked has the zone and locale of the profile. One at a time, and not while a roster comes in: both write the same people.
    /// </summary>
    /// <returns>How many accounts are new, or another person's than before, or reached otherwise.</returns>
    public async Task<int> TakeAsync(Profiles profiles, IReadOnlyList<Member> members, CancellationToken cancellation)
    {
        if (members.Count == 0) return 0;
        await ImportLock.TakeAsync(connection, transaction, workspace.OrganizationId, cancellation);
        var linked = await LinkAsync(members);
        await profiles.TakeAsync(connection, transaction, workspace, [.. members.Select(member => member.Profile)]);
        return linked;
    }

    async Task<int> LinkAsync(IReadOnlyList<Member> members)
    {
        var known = members.SelectMany(member => member.Emails.Select((email, rank) => (member.Id, email, rank, member.Unreachable))).ToList();
        var parameters = new
        {
            workspace.OrganizationId,
            workspace.Id,
            knownIds = known.Select(one => one.Id).ToArray(),
            emails = known.Select(one => one.email).ToArray(),
            ranks = known.Select(one => one.rank).ToArray(),
            knownReasons = known.Select(one => one.Unreachable).ToArray(),
            ids = members.Select(member => member.Id).ToArray(),
            reasons = members.Select(member => member.Unreachable).ToArray(),
        };
        // Everybody who is still there is tried again, whatever was against it before, except who has removed the app. A new e-mail makes it another
        // person's account.
        var linked = await connection.ExecuteAsync($"""
            insert into accounts as a (organization_id, workspace_id, person_id, external_id, unreachable)
            select distinct on (m.id) @OrganizationId, @Id, p.id, m.id, m.reason
            from unnest(@knownIds, @emails, @ranks, @knownReasons) as m(id, email, rank, reason)
            join persons p on p.organization_id = @OrganizationId and p.email = m.email
            order by m.id, m.rank
            on conflict (workspace_id, external_id) do update
            set person_id = excluded.person_id,
                unreachable = case when a.unreachable = '{Member.NotInstalled}' then coalesce(excluded.unreachable, a.unreachable) else excluded.unreachable end
            where (a.person_id, a.unreachable) is distinct from (excluded.person_id, excluded.unreachable)
            """, parameters, transaction);
        // Whoever is gone may be named without an e-mail.
        await connection.ExecuteAsync("""
            update accounts a set unreachable = m.reason
            from unnest(@ids, @reasons) as m(id, reason)
            where a.organization_id = @OrganizationId and a.workspace_id = @Id and a.external_id = m.id and m.reason is not null
              and a.unreachable is distinct from m.reason
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
