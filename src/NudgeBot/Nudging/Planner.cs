using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;

namespace NudgeBot.Nudging;

/// <summary>
/// Writes the nudge of each enrollment whose next moment has come, and moves the enrollment on to its next step. The moments are pure
/// functions of a few values that many enrollments share: they are computed once per distinct combination and joined in.
/// </summary>
public sealed class Planner(NpgsqlDataSource database, Journeys journeys, Schedules schedules, ProductClock clock)
{
    /// <summary>Rows are written a little ahead, so that they lie ready when their moment comes.</summary>
    public static readonly Duration Horizon = Duration.FromMinutes(1);

    const int BatchSize = 10_000;

    /// <returns>How many enrollments were handled.</returns>
    public async Task<int> RunAsync(int organizationId, CancellationToken cancellation = default)
    {
        var handled = 0;
        while (true)
        {
            var batch = await PlanBatchAsync(organizationId, clock.Now + Horizon, cancellation);
            handled += batch;
            if (batch < BatchSize) return handled;
        }
    }

    async Task<int> PlanBatchAsync(int organizationId, Instant horizon, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var groups = (await connection.QueryAsync<Alike>("""
            with due as (
              select e.id, e.journey_version_id, e.next_step, e.day_zero, e.last_planned_on, e.floor_at, p.time_zone, p.country, p.workspace_id
              from enrollments e join persons p on p.id = e.person_id
              where e.organization_id = @organizationId and e.next_due_at <= @horizon and e.entry is not null
              order by e.next_due_at
              limit @limit
              for update of e skip locked)
            select journey_version_id, next_step, day_zero, last_planned_on, floor_at, time_zone, country, workspace_id, array_agg(id) as ids
            from due
            group by journey_version_id, next_step, day_zero, last_planned_on, floor_at, time_zone, country, workspace_id
            """, new { organizationId, horizon, limit = BatchSize }, transaction)).AsList();
        if (groups.Count == 0) return 0;

        var plans = new List<Plan>(groups.Count);
        foreach (var group in groups)
            plans.Add(PlanFor(group, await journeys.GetAsync(organizationId, group.JourneyVersionId, cancellation), horizon));

        await WriteAsync(connection, transaction, organizationId, plans);
        await transaction.CommitAsync(cancellation);
        return groups.Sum(group => group.Ids.Length);
    }

    Plan PlanFor(Alike group, Journey journey, Instant horizon)
    {
        var steps = journey.Campaign.PersonalSteps;
        var schedule = schedules.For(group.TimeZone, group.Country, journey.Campaign.Window);
        var step = steps[group.NextStep];
        var moment = schedule.Plan(group.DayZero.PlusDays(step.Day), step.At, group.LastPlannedOn, group.FloorAt);
        // Its zone, country or journey changed since the moment was set: aim anew, the row is written when that moment comes.
        if (moment.At > horizon) return new Plan(group, Step: null, moment, NextDue: moment.At);

        var next = group.NextStep + 1 < steps.Count ? steps[group.NextStep + 1] : null;
        var nextDue = next is null ? (Instant?)null : schedule.Plan(group.DayZero.PlusDays(next.Day), next.At, moment.Date, group.FloorAt).At;
        return new Plan(group, journey.StepIds[step.Key], moment, nextDue);
    }

    static Task WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, int organizationId, List<Plan> plans) =>
        // No "on conflict": the key (enrollment, step) is the guard, and the rows are locked.
        connection.ExecuteAsync("""
            with plan as (
              select * from unnest(@stepIds, @workspaceIds, @plannedOns, @plannedAts, @lastChances, @nextDues)
                with ordinality as c(step_id, workspace_id, planned_on, planned_at, last_chance_at, next_due_at, number)),
            moved as (
              update enrollments e
              set next_due_at = c.next_due_at,
                  next_step = e.next_step + case when c.step_id is null then 0 else 1 end,
                  last_planned_on = case when c.step_id is null then e.last_planned_on else c.planned_on end,
                  state = case when c.next_due_at is null and e.arm = 'holdout' then 'done' else e.state end
              from unnest(@ids, @numbers) as k(id, number) join plan c on c.number = k.number
              where e.id = k.id and e.organization_id = @organizationId
              returning e.id, e.person_id, e.campaign_id, e.arm, c.step_id, c.workspace_id, c.planned_on, c.planned_at, c.last_chance_at)
            insert into nudges
              (organization_id, enrollment_id, person_id, campaign_id, step_id, workspace_id, planned_on, planned_at, due_at, last_chance_at)
            select @organizationId, id, person_id, campaign_id, step_id, workspace_id, planned_on, planned_at, planned_at, last_chance_at
            from moved where arm = 'nudged' and step_id is not null
            """, new
        {
            organizationId,
            stepIds = plans.Select(p => p.Step).ToArray(),
            workspaceIds = plans.Select(p => p.Group.WorkspaceId).ToArray(),
            plannedOns = plans.Select(p => (LocalDate?)p.Moment.Date).ToArray(),
            plannedAts = plans.Select(p => (Instant?)p.Moment.At).ToArray(),
            lastChances = plans.Select(p => (Instant?)p.Moment.LastChance).ToArray(),
            nextDues = plans.Select(p => p.NextDue).ToArray(),
            ids = plans.SelectMany(p => p.Group.Ids).ToArray(),
            numbers = plans.SelectMany((p, index) => Enumerable.Repeat((long)index + 1, p.Group.Ids.Length)).ToArray(),
        }, transaction, commandTimeout: 0);

    /// <param name="Step">The step whose row is written; null when the enrollment is only aimed anew.</param>
    sealed record Plan(Alike Group, int? Step, PlannedMoment Moment, Instant? NextDue);

    sealed record Alike
    {
        public int JourneyVersionId { get; init; }
        public short NextStep { get; init; }
        public LocalDate DayZero { get; init; }
        public LocalDate? LastPlannedOn { get; init; }
        public Instant FloorAt { get; init; }
        public string TimeZone { get; init; } = "";
        public string? Country { get; init; }
        public int? WorkspaceId { get; init; }
        public long[] Ids { get; init; } = [];
    }
}
