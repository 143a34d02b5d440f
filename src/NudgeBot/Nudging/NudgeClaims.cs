using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Database;

namespace NudgeBot.Nudging;

/// <summary>
/// The life of a nudge's lease: claimed by one dispatcher before anything is sent, opened for sending if nothing was paused meanwhile,
/// given back where it was not used.
/// </summary>
/// <remarks>
/// A nudge is found by its key, and the conditions beside the key are worded so that no partial index promises them: the planner takes
/// such an index for empty, as it was when last looked at, and reads all of it for each nudge of a burst. So <c>is not distinct from</c>,
/// and <c>decided_at is null</c> for pending.
/// </remarks>
sealed class NudgeClaims(NpgsqlDataSource database)
{
    /// <summary>
    /// Claims due nudges of one workspace (null: of people without an account), one per person: of several due the one that was
    /// planned earlier, then the one of the campaign whose key comes first.
    /// </summary>
    public async Task<IReadOnlyList<Claim>> TakeAsync(int organizationId, int? workspaceId, Instant now, int limit, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<Claim>($"""
            update nudges n
            set leased_until = {Leases.UntilSql}
            from (
              select d.enrollment_id, d.step_id
              from nudges d join campaigns c on c.id = d.campaign_id
              where d.organization_id = @organizationId
                and {(workspaceId is null ? "d.workspace_id is null" : "d.workspace_id = @workspaceId")}
                and d.outcome = 'pending' and d.leased_until is null and d.due_at <= @now
                and not exists (
                  select from nudges o join campaigns oc on oc.id = o.campaign_id
                  where o.person_id = d.person_id and o.outcome = 'pending' and (o.enrollment_id, o.step_id) <> (d.enrollment_id, d.step_id)
                    and (o.leased_until is not null or o.due_at <= @now and (o.planned_at, oc.key) < (d.planned_at, c.key)))
              order by d.due_at
              limit @limit
              for update of d skip locked) first
            where n.enrollment_id = first.enrollment_id and n.step_id = first.step_id
            returning n.enrollment_id, n.step_id, n.leased_until, n.reason, n.last_chance_at
            """, new { organizationId, workspaceId, now, limit })).AsList();
    }

    /// <summary>
    /// Asked immediately before a few messages leave: marks them as attempted and says which may go. What was paused or
    /// throttled, or lost its lease to the sweeper, is not among them.
    /// </summary>
    public async Task<IReadOnlySet<NudgeId>> OpenAsync(
        int organizationId, IReadOnlyCollection<(Claim Claim, int WorkspaceId)> sends, Instant now)
    {
        // No cancellation: whether a message was marked as attempted must not be left in doubt.
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        var opened = await connection.QueryAsync<(long, int)>($"""
            update nudges n
            set attempted = true
            from unnest(@enrollmentIds, @stepIds, @leases, @workspaceIds) as k(enrollment_id, step_id, leased_until, workspace_id), campaigns c, organizations o, workspaces w
            where n.enrollment_id = k.enrollment_id and n.step_id = k.step_id and n.leased_until is not distinct from k.leased_until
              and n.organization_id = @organizationId and c.id = n.campaign_id and o.id = n.organization_id
              and w.id = k.workspace_id and w.organization_id = n.organization_id
              and not c.paused and not o.paused and not w.paused and c.state <> 'ended' and coalesce(w.send_not_before <= @now, true)
            returning n.enrollment_id, n.step_id
            """, new
        {
            organizationId,
            now,
            enrollmentIds = sends.Select(s => s.Claim.EnrollmentId).ToArray(),
            stepIds = sends.Select(s => s.Claim.StepId).ToArray(),
            leases = sends.Select(s => (Instant?)s.Claim.LeasedUntil).ToArray(),
            workspaceIds = sends.Select(s => s.WorkspaceId).ToArray(),
        });
        return opened.Select(key => new NudgeId(key.Item1, key.Item2)).ToHashSet();
    }

    /// <summary>Gives back what was claimed and not attempted, at a clean stop.</summary>
    public async Task GiveBackAsync(int organizationId, IReadOnlyCollection<Claim> claims)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await connection.ExecuteAsync("""
            update nudges n
            set leased_until = null
            from unnest(@enrollmentIds, @stepIds, @leases) as k(enrollment_id, step_id, leased_until)
            where n.enrollment_id = k.enrollment_id and n.step_id = k.step_id and n.leased_until is not distinct from k.leased_until
              and n.organization_id = @organizationId and not n.attempted
            """, Keys(organizationId, claims));
    }

    /// <summary>
    /// Settles leases that ran out because their dispatcher died: what was not attempted is due again; what was may have been sent, and
    /// is in doubt where the platform can be asked, and unknown where it cannot.
    /// </summary>
    /// <param name="askable">The platforms that can be asked.</param>
    public async Task SweepAsync(int organizationId, Instant now, string[] askable, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync($"""
            with expired as (
              select n.enrollment_id, n.step_id, p.time_zone, n.attempted and not coalesce(w.platform = any(@askable), false) as unknown,
                     n.attempted and coalesce(w.platform = any(@askable), false) as in_doubt
              from nudges n join persons p on p.id = n.person_id left join workspaces w on w.id = p.workspace_id
              where n.organization_id = @organizationId and n.leased_until is not null and n.{Leases.ExpiredSql}
              for update of n),
            swept as (
              update nudges n
              set leased_until = case when x.in_doubt then {Doubts.NeverSql} end,
                  in_doubt_since = case when x.in_doubt then n.{Leases.SinceSql} end,
                  due_at = case when x.in_doubt then @askAt else n.due_at end,
                  outcome = case when x.unknown then 'unknown' else 'pending' end,
                  reason = case when x.unknown then '{OtherReason.NoAnswer}' else n.reason end,
                  decided_at = case when x.unknown then @now end,
                  decided_on = case when x.unknown then (@now at time zone x.time_zone)::date end
              from expired x
              where n.organization_id = @organizationId and n.enrollment_id = x.enrollment_id and n.step_id = x.step_id
              returning n.enrollment_id, n.step_id, n.outcome)
            update enrollments e set state = 'done'
            from swept
            where e.id = swept.enrollment_id and swept.outcome = 'unknown' and e.organization_id = @organizationId and e.next_due_at is null
              and not exists (select from nudges o where o.enrollment_id = e.id and o.step_id <> swept.step_id and o.outcome = 'pending')
            """, new { organizationId, now, askable, askAt = now + Doubts.AskAfter });
    }

    static object Keys(int organizationId, IReadOnlyCollection<Claim> claims) => new
    {
        organizationId,
        enrollmentIds = claims.Select(c => c.EnrollmentId).ToArray(),
        stepIds = claims.Select(c => c.StepId).ToArray(),
        leases = claims.Select(c => (Instant?)c.LeasedUntil).ToArray(),
    };
}

/// <summary>A nudge in our hands, and what of its row decides about it: nobody else changes that while we hold it.</summary>
sealed record Claim
{
    public long EnrollmentId { get; init; }
    public int StepId { get; init; }
    /// <summary>By the database's clock; also the token that shows whose lease it is.</summary>
    public Instant LeasedUntil { get; init; }
    public string? Reason { get; init; }
    public Instant LastChanceAt { get; init; }

    public NudgeId Id => new(EnrollmentId, StepId);
}
