using Dapper;
using Npgsql;

namespace NudgeBot.Retention;

/// <summary>
/// Rolling activity: of the licensed, how many used the tool on one of the 28 dates up to the last complete one. Licensed are the
/// enrollments, both arms, whose day 0 was that date or earlier and who had not left by it; use before day 0 counts as use.
/// </summary>
static class RollingActivity
{
    public const int Dates = 28;

    /// <returns>Null where fewer than five people are licensed.</returns>
    public static async Task<Cell?> ShareAsync(
        NpgsqlConnection connection, int organizationId, MeasuredCampaign campaign, CancellationToken cancellation = default)
    {
        // From the day rows: a campaign may be older than the bitmaps reach.
        var (licensed, active) = await connection.QuerySingleAsync<(long, long)>(new CommandDefinition($"""
            select count(*), count(used.person_id)
            from enrollments e
            left join (
              select distinct person_id
              from usage_days
              where organization_id = @organizationId and tool = @Tool and source = @source and day between @Until::date - {Dates - 1} and @Until) used
              on used.person_id = e.person_id
            where e.organization_id = @organizationId and e.campaign_id = @Id
              and e.day_zero <= @Until and (e.left_on is null or e.left_on > @Until)
            """, new { organizationId, campaign.Id, campaign.Tool, campaign.Until, source = Words.Of(campaign.Source) },
            commandTimeout: 0, cancellationToken: cancellation));
        return SmallGroups.Alone(new Cell((int)licensed, (int)active));
    }
}
