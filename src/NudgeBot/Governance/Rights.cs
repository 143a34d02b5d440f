using Dapper;
using Npgsql;
using NudgeBot.Commands;
using NudgeBot.People;

namespace NudgeBot.Governance;

/// <summary>What somebody may ask for: owners are named by their campaigns, champions by the roster.</summary>
sealed class Rights(NpgsqlDataSource database)
{
    public async Task<Needs> OfAsync(int organizationId, SpeakingPerson person, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var isOwner = await connection.ExecuteScalarAsync<bool>(
            "select exists (select from campaigns where organization_id = @organizationId and owner_email = @email)", new { organizationId, person.Email });
        return isOwner ? Needs.Owner : person.Champion ? Needs.Champion : Needs.Person;
    }
}
