using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Nudging;

namespace NudgeBot.Enrollment;

/// <summary>A change of zone or country moves the moments that are not yet settled, never into the past.</summary>
public sealed class Replanning(Journeys journeys, Schedules schedules)
{
    /// <param name="personIds">Those who moved; their rows say where to.</param>
    internal async Task RequestAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, int organizationId, Instant now, long[] personIds)
    {
        if (personIds.Length == 0) return;
        await AimAnewAsync(connection, transaction, organizationId, now, personIds);
        await MoveEntriesAsync(connection, transaction, organizationId, now, personIds);
        await MoveNudgesAsync(connection, transaction, organizationId, now, personIds);
    }

    /// <summary>Makes the open enrollments due now, so that the planner computes their next moment anew.</summary>
    static Task AimAnewAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, int organizationId, Instant now, long[] personIds) =>
        connection.ExecuteAsync("""
            update enrollments
            set floor_at = @now, next_due_at = @now
            where organization_id = @organizationId and person_id = any(@personIds) and state = 'active' and next_due_at is not null
            """, new { organizationId, now, personIds }, transaction);

    /// <summary>Entries not yet fixed are fixed at the new zone's midnight. The planner waits for that, and so need not look before.</summary>
    async Task MoveEntriesAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, int organizationId, Instant now, long[] personIds)
    {
        var open = (await connection.QueryAsync<OpenEntry>("""
            select e.id, e.day_zero, p.time_zone, p.country
            from enrollments e join persons p on p.id = e.person_id
            where e.organization_id = @organizationId and e.person_id = any(@personIds) and e.entry is null and e.entry_at is not null
            """, new { organizationId, personIds }, transaction)).AsList();
        if (open.Count == 0) return;

        await connection.ExecuteAsync("""
            update enrollments e
            set entry_at = k.entry_at, next_due_at = case when e.next_due_at is null then null else greatest(k.entry_at, @now) end
            from unnest(@ids, @entryAts) as k(id, entry_at)
            where e.id = k.id and e.organization_id = @organizationId
            """, new
        {
            organizationId,
            now,
            ids = open.Select(e => e.Id).ToArray(),
            entryAts = open.Select(e => (Instant?)schedules.For(e.TimeZone, e.Country, SendingWindow.Default).StartOf(e.DayZero)).ToArray(),
        }, transaction);
    }

    /// <summary>
    /// Nudges that lie ready are planned anew. One whose moment has come already keeps its planned moment, and so its place before later
    /// ones: it is tried again at the first moment that its new zone allows, and its last chance is counted there.
    /// </summary>
    async Task MoveNudgesAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, int organizationId, Instant now, long[] personIds)
    {
        var pending = (await connection.QueryAsync<PendingNudge>("""
            select n.enrollment_id, n.step_id, n.planned_on, n.planned_at, e.journey_version_id, p.time_zone, p.country
            from nudges n join enrollments e on e.id = n.enrollment_id join persons p on p.id = n.person_id
            where n.organization_id = @organizationId and n.person_id = any(@personIds) and n.outcome = 'pending' and n.leased_until is null
            for update of n skip locked
            """, new { organizationId, personIds }, transaction)).AsList();
        if (pending.Count == 0) return;

        var moved = new List<(PendingNudge Nudge, PlannedMoment Planned, Instant Due)>(pending.Count);
        foreach (var nudge in pending)
        {
            var journey = await journeys.GetAsync(organizationId, nudge.JourneyVersionId);
            var schedule = schedules.For(nudge.TimeZone, nudge.Country, journey.Campaign.Window);
            var at = journey.StepWith(nudge.StepId).At;
            var anew = schedule.Plan(nudge.PlannedOn, at, previous: null, floor: now);
            var planned = nudge.PlannedAt > now ? anew : schedule.Plan(nudge.PlannedOn, at, previous: null, floor: Instant.MinValue);
            moved.Add((nudge, planned, anew.At));
        }
        await connection.ExecuteAsync("""
            update nudges n
            set due_at = k.due_at, last_chance_at = k.last_chance_at,
                planned_on = case when n.planned_at > @now then k.planned_on else n.planned_on end,
                planned_at = case when n.planned_at > @now then k.planned_at else n.planned_at end
            from unnest(@enrollmentIds, @stepIds, @plannedOns, @plannedAts, @dueAts, @lastChances)
              as k(enrollment_id, step_id, planned_on, planned_at, due_at, last_chance_at)
            where n.enrollment_id = k.enrollment_id and n.step_id = k.step_id and n.organization_id = @organizationId
            """, new
        {
            organizationId,
            now,
            enrollmentIds = moved.Select(m => m.Nudge.EnrollmentId).ToArray(),
            stepIds = moved.Select(m => m.Nudge.StepId).ToArray(),
            plannedOns = moved.Select(m => (LocalDate?)m.Planned.Date).ToArray(),
            plannedAts = moved.Select(m => (Instant?)m.Planned.At).ToArray(),
            dueAts = moved.Select(m => (Instant?)m.Due).ToArray(),
            lastChances = moved.Select(m => (Instant?)m.Planned.LastChance).ToArray(),
        }, transaction);
    }

    sealed record OpenEntry
    {
        public long Id { get; init; }
        public LocalDate DayZero { get; init; }
        public string TimeZone { get; init; } = "";
        public string? Country { get; init; }
    }

    sealed record PendingNudge
    {
        public long EnrollmentId { get; init; }
        public int StepId { get; init; }
        public LocalDate PlannedOn { get; init; }
        public Instant PlannedAt { get; init; }
        public int JourneyVersionId { get; init; }
        public string TimeZone { get; init; } = "";
        public string? Country { get; init; }
    }
}
