using Dapper;
using Npgsql;
using NudgeBot.Campaigns;

namespace NudgeBot.Enrollment;

/// <summary>
/// The segments that a campaign is for. Compared here and not in SQL: what counts as the same letter without regard to case would
/// depend on the locale of the database, and the one that NudgeBot makes for itself knows no umlauts.
/// </summary>
static class AudienceSegments
{
    public static async Task<int[]> OfAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, int organizationId, Audience audience)
    {
        var all = await connection.QueryAsync<(int Id, string Role, string Team, string Location)>(
            "select id, role, team, location from segments where organization_id = @organizationId", new { organizationId }, transaction);
        return
        [
            .. all.Where(one => Matches(audience.Roles, one.Role) && Matches(audience.Teams, one.Team) && Matches(audience.Locations, one.Location))
                .Select(one => one.Id),
        ];
    }

    static bool Matches(IReadOnlyList<string> words, string word) => words.Count == 0 || words.Contains(word, StringComparer.OrdinalIgnoreCase);
}
