using Dapper;
using NodaTime;
using Npgsql;

namespace NudgeBot.Gates;

/// <summary>The person who answers for a campaign.</summary>
/// <param name="IsReached">As far as is known, a message would arrive.</param>
sealed record Owner(long Id, string Locale, bool IsReached)
{
    /// <summary>Null: nobody on the roster has that e-mail, or they have left.</summary>
    public static Task<Owner?> FindAsync(NpgsqlConnection connection, int organizationId, string email, Instant now) => connection.QuerySingleOrDefaultAsync<Owner>("""
        select p.id, p.locale, a.id is not null and a.unreachable is null and coalesce(c.connected, false) as is_reached
        from persons p left join accounts a on a.id = p.account_id left join workspace_connections c on c.workspace_id = a.workspace_id
        where p.organization_id = @organizationId and p.email = @email and coalesce(p.left_on > (@now at time zone p.time_zone)::date, true)
        """, new { organizationId, email, now });
}
