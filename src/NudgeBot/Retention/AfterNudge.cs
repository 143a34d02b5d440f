using Dapper;
using Npgsql;
using NudgeBot.Usage;

namespace NudgeBot.Retention;

/// <param name="Used">Of the sent nudges whose next three dates are complete, those with use on one of them; null: fewer than five.</param>
public sealed record StepFollowed(string Step, Cell? Used);

/// <summary>
/// Use after a nudge: per step, of the sent nudges whose three following local dates are complete, the share with use on one of them. A nudge
/// counts no more when its person left within these dates, or when they end after day 127, where the bitmaps do. It says when people
/// use the tool, not why: what nudges cause, only the holdout can tell.
/// </summary>
static class AfterNudge
{
    public const int Dates = 3;

    /// <returns>In the order of the journey; steps without such a nudge are left out.</returns>
    public static async Task<IReadOnlyList<StepFollowed>> ByStepAsync(
        NpgsqlConnection connection, int organizationId, MeasuredCampaign campaign, CancellationToken cancellation = default)
    {
        var days = $"e.{Words.Of(campaign.Source)}_days";
        // In the 128 bits as text, day 127 stands first: days s to s + 2 begin at place 126 - s.
        var steps = await connection.QueryAsync<(string Step, long Nudges, long Used)>(new CommandDefinition($"""
            select s.key, count(*), count(*) filter (where substring({days}_2::bit(64) || {days}::bit(64) from 126 - first for {Dates}) <> b'000')
            from nudges n
            join steps s on s.id = n.step_id
            join enrollments e on e.id = n.enrollment_id
            cross join lateral (select n.decided_on + 1 - e.day_zero as first) as following
            where n.organization_id = @organizationId and n.campaign_id = @Id and n.outcome = 'sent'
              and e.organization_id = @organizationId
              and n.decided_on + {Dates} <= least(@Until, e.left_on - 1)
              and first between 0 and {ActiveDays.LastDay - Dates + 1}
            group by s.id
            order by min(n.planned_on - e.day_zero), s.id
            """, new { organizationId, campaign.Id, campaign.Until }, commandTimeout: 0, cancellationToken: cancellation));
        return [.. steps.Select(step => new StepFollowed(step.Step, SmallGroups.Alone(new Cell((int)step.Nudges, (int)step.Used))))];
    }
}
