using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Database;

namespace NudgeBot.Nudging;

/// <summary>What became of one claimed nudge.</summary>
/// <param name="DueAt">When it is looked at again; only while pending.</param>
/// <param name="DecidedOn">The person's local date; null while pending.</param>
/// <param name="InDoubt">It may have been sent: nobody sends it before the platform was asked, at <paramref name="DueAt"/>.</param>
sealed record Settled(
    Claim Claim, Outcome Outcome, string? Reason = null, Instant? DueAt = null, LocalDate? DecidedOn = null, string? MessageId = null,
    bool IsLastOfJourney = false, bool InDoubt = false)
{
    public NudgeId Id => Claim.Id;
}

/// <summary>Records outcomes in batches, and closes enrollments of which nothing is left to send.</summary>
sealed class NudgeRecords(NpgsqlDataSource database)
{
    public async Task WriteAsync(int organizationId, IReadOnlyCollection<Settled> settled, Instant now)
    {
        if (settled.Count == 0) return;
        // No cancellation: what was sent is recorded, also while stopping.
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        // Sent together, both statements are one transaction and one round trip. For "decided_at is null" see NudgeClaims.
        await connection.ExecuteAsync($"""
            update nudges n
            set outcome = k.outcome, reason = k.reason, message_id = k.message_id, attempted = k.in_doubt,
                leased_until = case when k.in_doubt then {Doubts.NeverSql} end, in_doubt_since = case when k.in_doubt then n.{Leases.SinceSql} end,
                due_at = coalesce(k.due_at, n.due_at), decided_on = k.decided_on,
                decided_at = case when k.decided_on is null then null else @now end
            from unnest(@enrollmentIds, @stepIds, @leases, @outcomes, @reasons, @dueAts, @decidedOns, @messageIds, @inDoubts)
              as k(enrollment_id, step_id, leased_until, outcome, reason, due_at, decided_on, message_id, in_doubt)
            where n.enrollment_id = k.enrollment_id and n.step_id = k.step_id and n.organization_id = @organizationId and n.decided_at is null
              -- Whoever lost the lease to the sweeper has nothing to say any more: another dispatcher may be sending.
              and n.leased_until is not distinct from k.leased_until;

            update enrollments e set state = 'done'
            where e.organization_id = @organizationId and e.id = any(@finished) and e.next_due_at is null
              and not exists (select from nudges n where n.enrollment_id = e.id and n.decided_at is null)
            """, new
        {
            organizationId,
            now,
            enrollmentIds = settled.Select(s => s.Id.EnrollmentId).ToArray(),
            stepIds = settled.Select(s => s.Id.StepId).ToArray(),
            leases = settled.Select(s => (Instant?)s.Claim.LeasedUntil).ToArray(),
            outcomes = settled.Select(s => Words.Of(s.Outcome)).ToArray(),
            reasons = settled.Select(s => s.Reason).ToArray(),
            dueAts = settled.Select(s => s.DueAt).ToArray(),
            decidedOns = settled.Select(s => s.DecidedOn).ToArray(),
            messageIds = settled.Select(s => s.MessageId).ToArray(),
            inDoubts = settled.Select(s => s.InDoubt).ToArray(),
            finished = settled.Where(s => s.IsLastOfJourney).Select(s => s.Id.EnrollmentId).ToArray(),
        });
    }
}
