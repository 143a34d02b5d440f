using Dapper;
using Npgsql;

namespace NudgeBot.Retention;

/// <summary>
/// Sessions per active date, where the feed counts them: the mean over all people's dates with a count, from day 0 to the last complete one,
/// or to the last before they left.
/// </summary>
static class Sessions
{
    /// <returns>Null where no feed counts sessions, or those of fewer than five people.</returns>
    public static async Task<double?> PerActiveDateAsync(
        NpgsqlConnection connection, int organizationId, MeasuredCampaign campaign, CancellationToken cancellation = default)
    {
        var (people, mean) = await connection.QuerySingleAsync<(long People, double? Mean)>(new CommandDefinition("""
            select count(*), sum(sessions)::float8 / sum(dates)
            from (
              select sum(u.sessions) as sessions, count(*) as dates
              from usage_days u
              join enrollments e on e.person_id = u.person_id
              where u.organization_id = @organizationId and u.tool = @Tool and u.source = @source and u.sessions is not null
                and e.organization_id = @organizationId and e.campaign_id = @Id
                and u.day between e.day_zero and least(@Until, e.left_on - 1)
              group by e.id) counted
            """, new { organizationId, campaign.Id, campaign.Tool, campaign.Until, source = Words.Of(campaign.Source) },
            commandTimeout: 0, cancellationToken: cancellation));
        return people < SmallGroups.Least ? null : mean;
    }
}
