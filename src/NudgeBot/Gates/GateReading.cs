using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Retention;

namespace NudgeBot.Gates;

/// <summary>Counts what a gate is judged by, over the thresholds' last days.</summary>
sealed class GateReading(NpgsqlConnection connection, ProductClock clock)
{
    /// <param name="startedAt">Null: it has not started, and nothing is counted.</param>
    public async Task<GateCounts> CountAsync(int organizationId, Journey journey, Instant? startedAt)
    {
        if (startedAt is not { } start) return new GateCounts();
        var now = clock.Now;
        var campaign = journey.Campaign;
        var counts = await LatelyAsync(organizationId, journey.CampaignId, now - Duration.FromDays(campaign.Gate.Days));
        var calmSince = Instant.Max(start, Instant.Max(
            await RolloutSinceAsync(organizationId, journey) ?? start, await LastBreachAsync(organizationId, journey.CampaignId) ?? start));
        return counts with
        {
            People = await PeopleAsync(organizationId, journey.CampaignId, now),
            Days = (int)Math.Max(0, Math.Floor((now - calmSince).TotalDays)),
            Week3 = await Week3Async(organizationId, campaign.Key),
        };
    }

    /// <summary>What may be a breach: what was counted already when the campaign was last paused for one does not count again.</summary>
    public async Task<GateCounts> CountForBreachAsync(int organizationId, int campaignId, GateThresholds thresholds)
    {
        var since = clock.Now - Duration.FromDays(thresholds.Days);
        return await LatelyAsync(organizationId, campaignId, await LastBreachAsync(organizationId, campaignId) is { } breach ? Instant.Max(since, breach) : since);
    }

    /// <summary>By people, not by messages: those of one person say nothing of the next one's, and one person is told of in no figure alone.</summary>
    async Task<GateCounts> LatelyAsync(int organizationId, int campaignId, Instant from)
    {
        var row = await connection.QuerySingleAsync<Row>("""
            select count(*)::int as written_to, count(*) filter (where arrives)::int as delivered,
                   min(astray_at) filter (where not arrives) as undelivered_since,
                   count(*) filter (where reached)::int as reached,
                   count(*) filter (where reached and p.opted_out_at > @from)::int as opted_out,
                   min(p.opted_out_at) filter (where reached and p.opted_out_at > @from) as opted_out_since,
                   count(*) filter (where reached and r.at is not null)::int as blocked, min(r.at) filter (where reached) as blocked_since
            from (
              select person_id, bool_or(outcome = 'sent') as reached,
                     (array_agg(outcome order by decided_at desc, step_id desc))[1] = 'sent' as arrives,
                     min(decided_at) filter (where outcome <> 'sent') as astray_at
              from nudges
              where organization_id = @organizationId and campaign_id = @campaignId and outcome in ('sent', 'failed', 'unknown') and decided_at > @from
              group by person_id) n
            join persons p on p.id = n.person_id
            left join (
              select person_id, min(at) as at from responses
              where organization_id = @organizationId and kind = 'blocked' and at > @from
              group by person_id) r on r.person_id = n.person_id
            """, new { organizationId, campaignId, from }, commandTimeout: 0);
        return new GateCounts
        {
            Delivery = new Portion(row.WrittenTo, row.Delivered),
            OptOuts = new Portion(row.Reached, row.OptedOut),
            Blocked = new Portion(row.Reached, row.Blocked),
            UndeliveredSince = row.UndeliveredSince,
            OptedOutSince = row.OptedOutSince,
            BlockedSince = row.BlockedSince,
        };
    }

    Task<int> PeopleAsync(int organizationId, int campaignId, Instant now) => connection.QuerySingleAsync<int>("""
        select count(*)::int from enrollments e join persons p on p.id = e.person_id
        where e.organization_id = @organizationId and e.campaign_id = @campaignId and e.arm = 'nudged' and e.day_zero <= (@now at time zone p.time_zone)::date
        """, new { organizationId, campaignId, now });

    Task<Instant?> LastBreachAsync(int organizationId, int campaignId) => connection.QuerySingleAsync<Instant?>(
        "select max(found_at) from gate_breaches where organization_id = @organizationId and campaign_id = @campaignId", new { organizationId, campaignId });

    /// <summary>When the version came that first had the present percentage; null: it always had. However it came: by a command, a form or the file.</summary>
    async Task<Instant?> RolloutSinceAsync(int organizationId, Journey journey)
    {
        var versions = await connection.QueryAsync<(Instant At, string Definition)>("""
            select created_at, definition from journey_versions where organization_id = @organizationId and campaign_id = @CampaignId order by number desc
            """, new { organizationId, journey.CampaignId });
        Instant? since = null;
        foreach (var (at, definition) in versions)
        {
            if (CampaignFile.Parse(definition).Campaign is { } version && Reach(version) != Reach(journey.Campaign)) return since;
            since = at;
        }
        return null;

        static (int, bool) Reach(Campaign campaign) => (campaign.RolloutPercent, campaign.RolloutClosed);
    }

    /// <summary>As <c>retention</c> has it: both arms, from the feed where there is one.</summary>
    async Task<Portion> Week3Async(int organizationId, string key)
    {
        const int Week = 3;
        var measured = await MeasuredCampaign.FindAsync(connection, clock, organizationId, key, completeTo: null);
        var segments = await WeekCounts.ByAsync<int>(connection, organizationId, measured.Id, "segment_id", measured.Source, Week, measured.Until);
        return new Portion(segments.Sum(one => one.Weeks[Week - 1].AtRisk), segments.Sum(one => one.Weeks[Week - 1].Active));
    }

    sealed record Row
    {
        public int WrittenTo { get; init; }
        public int Delivered { get; init; }
        public Instant? UndeliveredSince { get; init; }
        public int Reached { get; init; }
        public int OptedOut { get; init; }
        public Instant? OptedOutSince { get; init; }
        public int Blocked { get; init; }
        public Instant? BlockedSince { get; init; }
    }
}
