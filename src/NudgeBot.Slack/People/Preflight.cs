using Dapper;
using Npgsql;

namespace NudgeBot.Slack.People;

/// <summary>Who would get nothing if something were due now, and why.</summary>
/// <param name="Why"><c>no-account</c>, <c>not-installed</c>, or the reason that an account is not reached for: <c>deactivated</c>, <c>guest</c>, Slack's word.</param>
public sealed record Unreachable(string Email, string Why);

public sealed class Preflight(NpgsqlDataSource database, ProductClock clock)
{
    /// <summary>Those who have not left and did not opt out, by e-mail.</summary>
    public async Task<IReadOnlyList<Unreachable>> CheckAsync(int organizationId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<Unreachable>("""
            select email, why from (
              select p.email,
                     case
                       when a.id is null then coalesce((
                         select min(o.unreachable) from accounts o where o.organization_id = p.organization_id and o.person_id = p.id), 'no-account')
                       when a.unreachable is not null then a.unreachable
                       when w.platform = 'slack' and (i.workspace_id is null or i.revoked_at is not null) then 'not-installed'
                     end as why
              from persons p
              left join accounts a on a.id = p.account_id
              left join workspaces w on w.id = a.workspace_id
              left join slack_installations i on i.workspace_id = a.workspace_id
              where p.organization_id = @organizationId and p.opted_out_at is null and coalesce(p.left_on > (@now at time zone p.time_zone)::date, true)) checked
            where why is not null
            order by email
            """, new { organizationId, now = clock.Now })).AsList();
    }
}
