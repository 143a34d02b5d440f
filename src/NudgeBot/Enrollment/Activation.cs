using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Nudging;
using NudgeBot.Usage;

namespace NudgeBot.Enrollment;

/// <summary>Turns waiting people whom the rollout reaches into active ones.</summary>
public sealed class Activation(Schedules schedules)
{
    internal async Task RunAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, int organizationId, Journey journey, bool starts, Instant now)
    {
        var campaign = journey.Campaign;
        if (campaign.RolloutClosed) return;
        var alike = (await connection.QueryAsync<Alike>("""
            select p.time_zone, p.country, p.licensed_since, e.left_on, array_agg(e.id) as ids
            from enrollments e join persons p on p.id = e.person_id
            where e.organization_id = @organizationId and e.campaign_id = @campaignId and e.state = 'waiting' and e.rollout_bucket < @reached
            group by p.time_zone, p.country, p.licensed_since, e.left_on
            """, new { organizationId, journey.CampaignId, reached = campaign.RolloutPercent * (Draw.Buckets / 100) }, transaction)).AsList();
        var reached = alike
            .Select(group => (group.Ids, DayZero: DayZero.Of(campaign.Start, group.LicensedSince, group.TimeZone, starts, now), group))
            .Where(one => DayZero.IsReached(one.DayZero, one.group.LeftOn))
            .Select(one => (one.Ids, one.DayZero, Schedule: schedules.For(one.group.TimeZone, one.group.Country, campaign.Window)))
            .ToList();
        if (reached.Count == 0) return;

        var first = campaign.PersonalSteps is [var step, ..] ? step : null;
        await connection.ExecuteAsync("""
            update enrollments e
            set state = 'active', journey_version_id = @versionId, day_zero = k.day_zero, entry_at = k.entry_at, floor_at = @now, next_due_at = k.next_due_at,
                arm = case when e.arm_bucket < @heldOut then 'holdout' else 'nudged' end,
                variant = (@variants)[1 + e.variant_bucket * cardinality(@variants) / @buckets]
            from unnest(@ids, @dayZeros, @entryAts, @nextDues) as k(id, day_zero, entry_at, next_due_at)
            where e.id = k.id and e.organization_id = @organizationId
            """, new
        {
            organizationId,
            now,
            journey.VersionId,
            heldOut = campaign.HoldoutPercent * (Draw.Buckets / 100),
            variants = campaign.Variants.ToArray(),
            buckets = Draw.Buckets,
            ids = reached.SelectMany(r => r.Ids).ToArray(),
            dayZeros = Repeat(reached, r => (LocalDate?)r.DayZero),
            entryAts = Repeat(reached, r => (Instant?)r.Schedule.StartOf(r.DayZero)),
            nextDues = Repeat(reached, r => first is null ? null : (Instant?)r.Schedule.Plan(r.DayZero.PlusDays(first.Day), first.At, null, now).At),
        }, transaction, commandTimeout: 0);
        await EnrollmentDays.RebuildAsync(connection, transaction, organizationId, [.. reached.SelectMany(r => r.Ids)]);
    }

    static T[] Repeat<T>(List<(long[] Ids, LocalDate DayZero, Schedule Schedule)> groups, Func<(long[] Ids, LocalDate DayZero, Schedule Schedule), T> value) =>
        [.. groups.SelectMany(group => Enumerable.Repeat(value(group), group.Ids.Length))];

    sealed record Alike
    {
        public string TimeZone { get; init; } = "";
        public string? Country { get; init; }
        public LocalDate? LicensedSince { get; init; }
        public LocalDate? LeftOn { get; init; }
        public long[] Ids { get; init; } = [];
    }
}
