using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Nudging;

namespace NudgeBot.Enrollment;

/// <summary>
/// Takes people who are under way over to the newest version of their journey. What they had stays; they go on behind the last step that they had, in the
/// new order, at the new moments, never into the past. A step that the new version lacks and that is still open for somebody is skipped.
/// </summary>
sealed class Moving(NpgsqlConnection connection, Journeys journeys)
{
    /// <returns>How many went over, and how many could not because a message to them is just being sent.</returns>
    public async Task<(int Moved, int Busy)> RunAsync(int organizationId, Journey to, Instant now, CancellationToken cancellation)
    {
        var versions = (await connection.QueryAsync<int>("""
            select distinct journey_version_id from enrollments
            where organization_id = @organizationId and campaign_id = @CampaignId and state = 'active' and journey_version_id <> @VersionId
            """, new { organizationId, to.CampaignId, to.VersionId })).AsList();
        var (moved, busy) = (0, 0);
        foreach (var version in versions)
        {
            var of = await MoveAsync(organizationId, await journeys.GetAsync(organizationId, version, cancellation), to, now);
            (moved, busy) = (moved + of.Moved, busy + of.Busy);
        }
        return (moved, busy);
    }

    async Task<(int Moved, int Busy)> MoveAsync(int organizationId, Journey from, Journey to, Instant now)
    {
        var free = (await connection.QueryAsync<long>("""
            select e.id from enrollments e
            where e.organization_id = @organizationId and e.campaign_id = @CampaignId and e.journey_version_id = @VersionId and e.state = 'active'
              and not exists (select from nudges n where n.enrollment_id = e.id and n.leased_until is not null)
            for no key update of e skip locked
            """, new { organizationId, from.CampaignId, from.VersionId })).ToArray();
        await connection.ExecuteAsync("""
            update nudges n
            set outcome = 'skipped', reason = @ended, decided_at = @now, decided_on = (@now at time zone p.time_zone)::date
            from persons p
            where n.organization_id = @organizationId and n.enrollment_id = any(@free) and n.outcome = 'pending' and n.leased_until is null
              and n.step_id <> all(@steps) and p.id = n.person_id
            """, new
        {
            organizationId,
            free,
            now,
            ended = Words.Of(SkipReason.Ended),
            steps = to.Campaign.PersonalSteps.Select(step => to.StepIds[step.Key]).ToArray(),
        });
        var moved = await connection.ExecuteAsync("""
            update enrollments e
            set journey_version_id = @VersionId, floor_at = @now, next_step = (@next)[e.next_step + 1],
                next_due_at = case when (@next)[e.next_step + 1] < @steps then @now end,
                state = case
                  when (@next)[e.next_step + 1] < @steps or exists (select from nudges n where n.enrollment_id = e.id and n.outcome = 'pending') then e.state
                  else 'done'
                end
            where e.organization_id = @organizationId and e.id = any(@free)
            """, new { organizationId, free, to.VersionId, now, next = NextOf(from.Campaign, to.Campaign), steps = to.Campaign.PersonalSteps.Count });
        var busy = await connection.QuerySingleAsync<int>("""
            select count(*)::int from enrollments
            where organization_id = @organizationId and campaign_id = @CampaignId and journey_version_id = @VersionId and state = 'active'
            """, new { organizationId, from.CampaignId, from.VersionId });
        return (moved, busy);
    }

    /// <summary>By how many steps somebody had in the old order, the place of the next one in the new order.</summary>
    static short[] NextOf(Campaign from, Campaign to)
    {
        var places = to.PersonalSteps.Select((step, place) => (step.Key, place)).ToDictionary();
        var next = new short[from.PersonalSteps.Count + 1];
        for (var had = 0; had < from.PersonalSteps.Count; had++)
            next[had + 1] = Math.Max(next[had], (short)(places.GetValueOrDefault(from.PersonalSteps[had].Key, -1) + 1));
        return next;
    }
}
