using Dapper;
using Npgsql;
using NudgeBot.Campaigns;

namespace NudgeBot.Enrollment;

/// <summary>
/// The rollout draw of whole teams: champions' teams first, then by the team's own bucket. A team's place in that order, counted in
/// people of the audience, is its bucket, so that 10 % of the rollout is about 10 % of them. A team that is already in keeps its bucket: that of
/// most of its members, since one who came from another team has brought theirs.
/// </summary>
static class TeamDraw
{
    /// <summary>Somebody's place in the rollout; who has no team is drawn alone.</summary>
    /// <param name="teams">As <see cref="BucketsAsync"/> gives them; null: everybody is drawn alone.</param>
    public static int BucketOf(IReadOnlyDictionary<string, int>? teams, string team, string campaignKey, string firstEmail) =>
        teams is not null && team.Length > 0 ? teams[team] : Draw.Rollout(campaignKey, firstEmail);

    public static async Task<IReadOnlyDictionary<string, int>> BucketsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, int organizationId, Journey journey, int[] segmentIds)
    {
        var teams = (await connection.QueryAsync<(string Team, int People, bool HasChampion, int? Bucket)>("""
            select s.team, count(*)::int, bool_or(p.champion), mode() within group (order by e.rollout_bucket)::int
            from persons p
            join segments s on s.id = p.segment_id
            left join enrollments e on e.person_id = p.id and e.campaign_id = @campaignId
            where p.organization_id = @organizationId and s.team <> '' and s.id = any(@segmentIds)
            group by s.team
            """, new { organizationId, journey.CampaignId, segmentIds }, transaction)).AsList();
        var inOrder = teams
            .OrderByDescending(team => team.HasChampion)
            .ThenBy(team => Draw.Rollout(journey.Campaign.Key, team.Team))
            .ThenBy(team => team.Team, StringComparer.Ordinal);
        var total = teams.Sum(team => (long)team.People);
        var before = 0L;
        var buckets = new Dictionary<string, int>();
        foreach (var team in inOrder)
        {
            buckets[team.Team] = team.Bucket ?? (int)(before * Draw.Buckets / total);
            before += team.People;
        }
        return buckets;
    }
}
