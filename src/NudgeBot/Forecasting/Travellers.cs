using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Enrollment;
using NudgeBot.Nudging;
using NudgeBot.People;
using NudgeBot.Usage;

namespace NudgeBot.Forecasting;

/// <summary>
/// Reads the people of a campaign, some thousand at a time, with their ways through all campaigns: those who are in go on from where they are, the others
/// come in as the enroller would take them.
/// </summary>
sealed class Travellers(
    NpgsqlConnection connection, NpgsqlTransaction transaction, Journeys journeys, Schedules schedules, int organizationId,
    IReadOnlyList<CampaignAhead> campaigns, CampaignAhead asked, Instant now)
{
    public const int AtATime = 5000;

    /// <summary>In the audience, or in the campaign already.</summary>
    const string ConcernedSql = """
        (p.segment_id = any(@segmentIds)
         or exists (select from enrollments e where e.organization_id = p.organization_id and e.person_id = p.id and e.campaign_id = @campaignId))
        """;

    readonly int[] segmentIds = [.. asked.SegmentIds];

    public Task<int> CountAsync() => connection.QuerySingleAsync<int>(
        $"select count(*)::int from persons p where p.organization_id = @organizationId and {ConcernedSql}", new { organizationId, segmentIds, asked.Journey.CampaignId }, transaction, commandTimeout: 0);

    /// <param name="after">The last id of those before; 0: the first ones.</param>
    public async Task<IReadOnlyList<Traveller>> NextAsync(long after, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var people = await PeopleAsync(after);
        if (people.Count == 0) return [];
        var courses = people.ToDictionary(person => person.Id, _ => new List<CourseAhead>());
        var waiting = await EnrolledAsync(people, courses, cancellation);
        foreach (var campaign in campaigns) await TakeInAsync(campaign, people, waiting, courses);
        return [.. people.Select(person => new Traveller(person, courses[person.Id]))];
    }

    async Task<List<PersonAhead>> PeopleAsync(long after) => (await connection.QueryAsync<PersonAhead>($"""
        select p.id, p.email, p.first_email, p.segment_id, s.team, p.time_zone, p.time_zone_given or p.time_zone <> @unknownZone as zone_is_known, p.country,
               p.licensed_since, p.left_on, p.opted_out_at, p.snoozed_until, a.workspace_id, a.external_id,
               o.paused or coalesce(w.paused, false) as paused, w.send_not_before, {DueNudges.IsLookedForSql} as is_looked_for,
               {Preflight.ReasonSql} as unreached, sent.sent_on, sent.sent_by
        from persons p
        join organizations o on o.id = p.organization_id
        join segments s on s.id = p.segment_id
        left join accounts a on a.id = p.account_id
        left join workspaces w on w.id = a.workspace_id
        left join workspace_connections c on c.workspace_id = a.workspace_id
        cross join lateral (
          select array_agg(r.decided_on) as sent_on, array_agg(r.campaign_id) as sent_by from nudges r
          where r.person_id = p.id and r.outcome in ('sent', 'unknown') and r.decided_on >= @since) sent
        where p.organization_id = @organizationId and p.id > @after and {ConcernedSql}
        order by p.id
        limit @AtATime
        """, new
    {
        organizationId,
        segmentIds,
        asked.Journey.CampaignId,
        after,
        AtATime,
        unknownZone = RosterCells.DefaultZone,
        since = DueNudges.CapsSince(now),
    }, transaction, commandTimeout: 0)).AsList();

    /// <returns>Those of whom a row waits for the rollout, by person and campaign.</returns>
    async Task<Dictionary<(long PersonId, string Key), OutlookRows.Enrolled>> EnrolledAsync(
        List<PersonAhead> people, Dictionary<long, List<CourseAhead>> courses, CancellationToken cancellation)
    {
        var byKey = campaigns.ToDictionary(campaign => campaign.Key);
        var whose = new { organizationId, personIds = people.Select(person => person.Id).ToArray() };
        var enrolled = (await connection.QueryAsync<OutlookRows.Enrolled>(OutlookRows.EnrolledSql, whose, transaction, commandTimeout: 0)).AsList();
        var pending = (await connection.QueryAsync<OutlookRows.Nudge>(
            $"{OutlookRows.NudgesSql} and n.outcome = 'pending' order by n.planned_at", whose, transaction, commandTimeout: 0)).ToLookup(row => row.EnrollmentId);

        var underWay = enrolled.FindAll(row => row.DayZero is not null && byKey.ContainsKey(row.Key));
        // Of the holdout nothing is decided, and of those who are done nothing any more.
        var open = underWay.FindAll(row => row.State == Words.Of(EnrollmentState.Active) && row.Arm == Words.Of(Arm.Nudged));
        var facts = (await DueNudges.RowsAsync(connection, transaction, organizationId, [.. open.Select(row => row.Id)], now))
            .ToDictionary(row => open[(int)row.Number - 1].Id);
        foreach (var row in underWay)
        {
            var campaign = byKey[row.Key];
            var journey = await journeys.GetAsync(organizationId, row.JourneyVersionId, cancellation);
            var schedule = schedules.For(row.TimeZone, row.Country, journey.Campaign.Window);
            var known = facts.GetValueOrDefault(row.Id);
            courses[row.PersonId].Add(new CourseAhead(
                campaign, new Course(row with { CampaignOrder = campaign.Order }, known is null ? null : known with { Entry = row.Entry! }, journey, schedule),
                [.. pending[row.Id]]));
        }
        return enrolled.Where(row => row.DayZero is null).ToDictionary(row => (row.PersonId, row.Key));
    }

    /// <summary>As <see cref="Enroller"/> and <see cref="Activation"/> will, and <see cref="EntryFixer"/> afterwards.</summary>
    async Task TakeInAsync(
        CampaignAhead campaign, List<PersonAhead> people, Dictionary<(long PersonId, string Key), OutlookRows.Enrolled> waiting,
        Dictionary<long, List<CourseAhead>> courses)
    {
        var definition = campaign.Journey.Campaign;
        var reached = new List<(PersonAhead Person, LocalDate DayZero, Schedule Schedule)>();
        foreach (var person in people)
        {
            var row = waiting.GetValueOrDefault((person.Id, campaign.Key));
            if (row is null && (!campaign.SegmentIds.Contains(person.SegmentId) || courses[person.Id].Exists(course => course.Campaign.Key == campaign.Key))) continue;
            var dayZero = campaign.DayZeroOf(person);
            var comes = DayZero.IsReached(dayZero, person.LeftOn);
            if (row is null && !comes) continue;
            var schedule = schedules.For(person.TimeZone, person.Country, definition.Window);
            if (comes && Draw.IsWithin(row?.RolloutBucket ?? campaign.RolloutBucketOf(person), definition.RolloutPercent)) reached.Add((person, dayZero, schedule));
            else courses[person.Id].Add(new CourseAhead(campaign, new Course(new OutlookRows.Enrolled { Key = campaign.Key }, Facts: null, campaign.Journey, schedule), []));
        }
        if (reached.Count == 0) return;

        foreach (var use in await UseAsync(definition.Tool, reached))
        {
            var (person, dayZero, schedule) = reached[(int)use.Number - 1];
            var heldOut = Draw.IsWithin(Draw.Arm(campaign.Key, person.FirstEmail), definition.HoldoutPercent);
            var enrolled = new OutlookRows.Enrolled
            {
                // Tells it from the person's others, and from those that have a row.
                Id = -campaign.Order,
                PersonId = person.Id,
                Key = campaign.Key,
                CampaignOrder = campaign.Order,
                Arm = Words.Of(heldOut ? Arm.Holdout : Arm.Nudged),
                DayZero = dayZero,
                FloorAt = campaign.EnrollsAt,
            };
            courses[person.Id].Add(new CourseAhead(campaign, new Course(enrolled, person.FactsIn(campaign, dayZero, use), campaign.Journey, schedule), []));
        }
    }

    Task<IEnumerable<KnownUse>> UseAsync(string tool, List<(PersonAhead Person, LocalDate DayZero, Schedule Schedule)> reached) =>
        connection.QueryAsync<KnownUse>($"""
            select e.number, entry.entry,
                   case when m.by_telemetry then used.telemetry_before else used.self_before end as before,
                   case when m.by_telemetry then used.telemetry_days else used.self_days end as days,
                   case when m.by_telemetry then used.telemetry_days_2 else used.self_days_2 end as days_2
            from unnest(@personIds, @dayZeros, @entryAts) with ordinality as e(person_id, day_zero, entry_at, number)
            cross join (select @organizationId as organization_id, @tool as tool) c
            join persons p on p.id = e.person_id
            cross join lateral (select {Measured.ByTelemetrySql} as by_telemetry offset 0) m
            cross join lateral (
              select {EntryFixer.EntrySql} as entry from usage_days u where u.organization_id = @organizationId and {EntryFixer.KnownSql}) entry
            cross join lateral (
              select {EnrollmentDays.BitsSql}
              from (select u.source, u.day - e.day_zero as day from usage_days u where u.organization_id = @organizationId and u.person_id = e.person_id and u.tool = c.tool) n) used
            """, new
        {
            organizationId,
            tool,
            personIds = reached.Select(one => one.Person.Id).ToArray(),
            dayZeros = reached.Select(one => (LocalDate?)one.DayZero).ToArray(),
            entryAts = reached.Select(one => (Instant?)one.Schedule.StartOf(one.DayZero)).ToArray(),
        }, transaction, commandTimeout: 0);
}
