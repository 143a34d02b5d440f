using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.People;

namespace NudgeBot.Governance;

/// <summary>What somebody in chat may ask for: administrators are marked, owners named by their campaigns, champions by the roster.</summary>
sealed class Askers(NpgsqlConnection connection)
{
    public async Task<Asker> OfAsync(Sender from, SpeakingPerson person, CancellationToken cancellation)
    {
        var (isAdmin, isOwner, platform) = await connection.QuerySingleAsync<(bool, bool, string)>(new CommandDefinition("""
            select p.admin, exists (select from campaigns c where c.organization_id = p.organization_id and c.owner_email = p.email),
                   (select w.platform from accounts a join workspaces w on w.id = a.workspace_id where a.id = @AccountId)
            from persons p
            where p.organization_id = @OrganizationId and p.id = @PersonId
            """, from, cancellationToken: cancellation));
        var may = isAdmin ? Needs.Admin : isOwner ? Needs.Owner : person.Champion ? Needs.Champion : Needs.Person;
        return new Asker(from.OrganizationId, from.PersonId, person.Email, may, platform, DateTimeZoneProviders.Tzdb[person.TimeZone], person.Locale);
    }
}
