using Dapper;
using Npgsql;
using NudgeBot.Commands;
using NudgeBot.People;

namespace NudgeBot.Governance;

/// <summary>What somebody may ask for: administrators are marked, owners named by their campaigns, champions by the roster.</summary>
sealed class Rights(NpgsqlConnection connection)
{
    public async Task<Needs> OfAsync(int organizationId, SpeakingPerson person, CancellationToken cancellation)
    {
        var (isAdmin, isOwner) = await connection.QuerySingleAsync<(bool, bool)>("""
            select p.admin, exists (select from campaigns c where c.organization_id = p.organization_id and c.owner_email = p.email)
            from persons p
            where p.organization_id = @organizationId and p.email = @email
            """, new { organizationId, person.Email });
        return isAdmin ? Needs.Admin : isOwner ? Needs.Owner : person.Champion ? Needs.Champion : Needs.Person;
    }
}
