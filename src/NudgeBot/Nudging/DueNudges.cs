using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Usage;

namespace NudgeBot.Nudging;

/// <summary>Reads what decides about claimed nudges. Read after the claim has committed: while a nudge is claimed, no other of the same person is.</summary>
sealed class DueNudges(NpgsqlDataSource database, Journeys journeys, Schedules schedules)
{
    /// <summary>A workspace has not been asked yet whether it knows this person. Needs <c>p</c> (persons) and <c>a</c> (the account) in scope.</summary>
    internal const string IsLookedForSql =
        "a.id is null and exists (select from workspaces l where l.organization_id = p.organization_id and l.people_to < p.id)";

    /// <summary>Messages sent before this date count for no cap any more, wherever on earth it is read.</summary>
    internal static LocalDate CapsSince(Instant now) => now.InUtc().Date.PlusDays(-Caps.DatesAround - 2);

    public async Task<IReadOnlyList<DueNudge>> ReadAsync(
        int organizationId, IReadOnlyList<Claim> claims, Instant now, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = await RowsAsync(connection, null, organizationId, [.. claims.Select(claim => claim.EnrollmentId)], now);
        var due = new List<DueNudge>(rows.Count);
        foreach (var row in rows)
        {
            var journey = await journeys.GetAsync(organizationId, row.JourneyVersionId, cancellation);
            due.Add(row.ToDueNudge(claims[(int)row.Number - 1], journey, schedules.For(row.TimeZone, row.Country, journey.Campaign.Window)));
        }
        return due;
    }

    /// <summary>What is known of the people of these enrollments; all of them have a day 0.</summary>
    internal static async Task<List<DueRow>> RowsAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, int organizationId, long[] enrollmentIds, Instant now) =>
        (await connection.QueryAsync<DueRow>($"""
            select k.number, a.workspace_id,
                   e.journey_version_id, e.day_zero, e.entry, e.variant, e.answered_at, e.left_on, e.next_due_at is null as is_last,
                   case when m.by_telemetry then e.telemetry_before else e.self_before end as before,
                   case when m.by_telemetry then e.telemetry_days else e.self_days end as days,
                   case when m.by_telemetry then e.telemetry_days_2 else e.self_days_2 end as days_2,
                   c.state = 'ended' as campaign_ended, c.paused or o.paused or coalesce(w.paused, false) as paused, w.send_not_before,
                   coalesce(nullif(p.name, ''), split_part(p.email, '@', 1)) as name, p.locale, p.time_zone, p.country, p.chore, p.opted_out_at, p.snoozed_until, s.role,
                   a.external_id, a.conversation, w.platform, earlier.unanswered, earlier.sent_on,
                   {IsLookedForSql} as is_looked_for
            from unnest(@enrollmentIds) with ordinality as k(enrollment_id, number)
            join enrollments e on e.id = k.enrollment_id
            join campaigns c on c.id = e.campaign_id
            join organizations o on o.id = e.organization_id
            join persons p on p.id = e.person_id
            join segments s on s.id = p.segment_id
            left join accounts a on a.id = p.account_id
            left join workspaces w on w.id = a.workspace_id
            -- "offset 0" keeps it one look a row: the planner would copy it to wherever it is read.
            cross join lateral (select {Measured.ByTelemetrySql} as by_telemetry offset 0) m
            -- One look through the index of the person's sent nudges, for the back-off and for the caps.
            cross join lateral (
              select
                count(*) filter (where r.enrollment_id = e.id and r.outcome = 'sent'
                  and (r.decided_at > coalesce(p.heard_at, '-infinity')
                    -- Sent in the instant of an answer: unanswered, unless that answer was to this very nudge.
                    or r.decided_at = p.heard_at and not exists (
                      select from responses a where a.enrollment_id = r.enrollment_id and a.step_id = r.step_id and a.at = r.decided_at)))::int as unanswered,
                array_agg(r.decided_on) filter (where r.decided_on >= @since) as sent_on
              from nudges r
              where r.person_id = p.id and r.outcome in ('sent', 'unknown')) earlier
            where e.organization_id = @organizationId
            """, new { organizationId, enrollmentIds, since = CapsSince(now) }, transaction)).AsList();
}

/// <summary>A claimed nudge, whom it is for, and what decides about it.</summary>
sealed record DueNudge(Claim Claim, Candidate Candidate, Journey Journey, Recipient Recipient, bool IsLastOfJourney);
