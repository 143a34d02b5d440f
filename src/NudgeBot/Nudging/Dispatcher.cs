using System.Collections.Concurrent;
using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Conversations;

namespace NudgeBot.Nudging;

/// <summary>
/// Sends what is due: claims a batch, decides about each nudge, sends a few at a time, records the batch. Any number of dispatchers, in
/// one process or many, share the work; no transaction is open while a platform is called.
/// </summary>
public sealed class Dispatcher(
    NpgsqlDataSource database, Journeys journeys, Schedules schedules, Composer composer, ChatPlatforms platforms, ProductClock clock)
{
    /// <summary>Nudges claimed at a time, and recorded at a time, where the platform asks for no fewer.</summary>
    public const int BatchSize = 1000;

    /// <summary>Dispatchers working side by side in this process, where more than one batch is due.</summary>
    public const int SideBySide = 2;

    /// <summary>Messages under way at a time. A pause stops everything that is not under way.</summary>
    const int AtATime = 50;

    readonly NudgeClaims claims = new(database);
    readonly Doubts doubts = new(database, platforms, clock);
    readonly DueNudges dueNudges = new(database, journeys, schedules);
    readonly NudgeRecords records = new(database);
    readonly WorkspaceLimits limits = new(database);

    /// <returns>How many nudges were handled.</returns>
    /// <exception cref="AggregateException">Messages that could not be composed. Everything else was sent; these are recorded as rejected.</exception>
    public async Task<int> RunAsync(int organizationId, CancellationToken cancellation = default)
    {
        var handled = 0;
        var failures = new ConcurrentQueue<Exception>();
        foreach (var (workspaceId, platform, due) in await WorkspacesAsync(organizationId, cancellation))
        {
            var batchSize = platforms.BatchSizeOf(platform);
            var dispatchers = Enumerable.Range(0, due > batchSize ? SideBySide : 1);
            handled += (await Task.WhenAll(dispatchers.Select(_ => DispatchAsync(organizationId, workspaceId, batchSize, failures, cancellation)))).Sum();
        }
        return failures.IsEmpty ? handled : throw new AggregateException(failures);
    }

    public async Task SweepAsync(int organizationId, CancellationToken cancellation = default)
    {
        await claims.SweepAsync(organizationId, clock.Now, platforms.Askable, cancellation);
        await doubts.SettleAsync(organizationId, cancellation);
    }

    /// <summary>Those that may send now and have something due, and null for people without an account.</summary>
    /// <returns>With how much is due, counted no further than what two batches need to know.</returns>
    async Task<IReadOnlyList<(int? WorkspaceId, string? Platform, int Due)>> WorkspacesAsync(int organizationId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<(int?, string?, int)>("""
            select * from (
              select w.id, w.platform, (select count(*)::int from (
                select from nudges n
                where n.organization_id = @organizationId and n.workspace_id = w.id and n.outcome = 'pending' and n.leased_until is null and n.due_at <= @now
                order by n.due_at limit @enough) first) as due
              from workspaces w
              where w.organization_id = @organizationId and (w.send_not_before is null or w.send_not_before <= @now)
              union all
              select null, null, (select count(*)::int from (
                select from nudges n
                where n.organization_id = @organizationId and n.workspace_id is null and n.outcome = 'pending' and n.leased_until is null and n.due_at <= @now
                order by n.due_at limit @enough) first)) workspace
            where due > 0
            order by id
            """, new { organizationId, now = clock.Now, enough = BatchSize + 1 })).AsList();
    }

    async Task<int> DispatchAsync(int organizationId, int? workspaceId, int batchSize, ConcurrentQueue<Exception> failures, CancellationToken cancellation)
    {
        var handled = 0;
        int batch;
        do
        {
            batch = await DispatchBatchAsync(organizationId, workspaceId, batchSize, failures, cancellation);
            handled += batch;
        }
        while (batch > 0 && !cancellation.IsCancellationRequested);
        return handled;
    }

    async Task<int> DispatchBatchAsync(int organizationId, int? workspaceId, int batchSize, ConcurrentQueue<Exception> failures, CancellationToken cancellation)
    {
        var now = clock.Now;
        IReadOnlyList<Claim> claimed;
        try
        {
            claimed = await claims.TakeAsync(organizationId, workspaceId, now, batchSize, cancellation);
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "nudges_in_flight" })
        {
            // Another dispatcher took an earlier nudge of one of these people in the same instant: look again.
            return 1;
        }
        if (claimed.Count == 0) return 0;

        var settled = new List<Settled>(claimed.Count);
        try
        {
            var toSend = new List<Ready>();
            foreach (var nudge in await dueNudges.ReadAsync(organizationId, claimed, now, cancellation))
            {
                Decision.On(nudge.Candidate, now).Match<object?>(
                    send =>
                    {
                        if (Compose(organizationId, nudge, send, failures) is { } ready) toSend.Add(ready);
                        else settled.Add(Final(nudge, now, Outcome.Failed, Words.Of(FailReason.Rejected)));
                        return null;
                    },
                    skip => { settled.Add(Final(nudge, now, Outcome.Skipped, skip.Reason)); return null; },
                    hold => { settled.Add(Held(nudge, hold)); return null; });
            }
            foreach (var few in toSend.Chunk(AtATime))
            {
                cancellation.ThrowIfCancellationRequested();
                await SendAsync(organizationId, few, now, settled);
            }
        }
        finally
        {
            await records.WriteAsync(organizationId, settled, now);
            if (settled.Count < claimed.Count) await claims.GiveBackAsync(organizationId, claimed);
        }
        return claimed.Count;
    }

    /// <summary>
    /// Composed before anything is marked as attempted: one message that cannot be composed (its text was removed) is certain not to have
    /// been sent, and keeps nobody else from theirs.
    /// </summary>
    Ready? Compose(int organizationId, DueNudge nudge, Decision.Send decision, ConcurrentQueue<Exception> failures)
    {
        var account = nudge.Recipient.Account!;
        var platform = platforms.For(account.Platform);
        try
        {
            var message = composer.Nudge(nudge.Journey.Campaign, nudge.Candidate.Step, nudge.Recipient, nudge.Claim.Id, decision);
            var workspace = new Workspace(organizationId, account.WorkspaceId);
            return new Ready(nudge, decision, platform, new Outgoing(workspace, nudge.Claim.Id.ToString(), account.ExternalId, account.Conversation, message, nudge.Recipient.Locale));
        }
        catch (Exception e)
        {
            failures.Enqueue(e);
            return null;
        }
    }

    /// <summary>Adds what became of each, also where the platform broke its promise for one of them: that one stays attempted, and the sweeper settles it.</summary>
    async Task SendAsync(int organizationId, IReadOnlyList<Ready> few, Instant now, List<Settled> settled)
    {
        await using var gate = await SendGate.EnterAsync(database, organizationId);
        var open = await claims.OpenAsync(organizationId, [.. few.Select(one => (one.Nudge.Claim, one.Outgoing.Workspace.Id))], now);
        // What is not open was paused or throttled in between; its lease is given back with the batch's rest, and it is decided anew.
        var sends = few.Where(one => open.Contains(one.Nudge.Claim.Id)).Select(one => SendAsync(one, now)).ToList();
        try
        {
            await Task.WhenAll(sends);
        }
        finally
        {
            settled.AddRange(sends.Where(send => send.IsCompletedSuccessfully).Select(send => send.Result));
        }
    }

    async Task<Settled> SendAsync(Ready ready, Instant now)
    {
        var nudge = ready.Nudge;
        // A message under way is finished, not cut off: otherwise a clean stop would leave unknown outcomes.
        var result = await ready.Platform.SendAsync(ready.Outgoing, CancellationToken.None);
        if (result is SendResult.Throttled { IsOfConversation: false } wait) await limits.WaitAsync(ready.Outgoing.Workspace, now + wait.For);
        return result.Match(
            taken => Final(nudge, now, Outcome.Sent, ready.Decision.Alternative ? OtherReason.Alternative : null) with { MessageId = taken.MessageId },
            refused => Final(nudge, now, Outcome.Failed, Words.Of(refused.Reason)),
            throttled => Held(nudge, new Decision.Hold(HoldReason.Throttled, Instant.Min(now + throttled.For, nudge.Candidate.LastChance))),
            noAnswer => ready.Platform.CanBeAsked
                ? InDoubt(nudge, ready.Decision.Alternative)
                : Final(nudge, now, Outcome.Unknown, OtherReason.NoAnswer));
    }

    /// <summary>Asked after a while from now on, not from the batch's beginning: the request may still be on its way.</summary>
    Settled InDoubt(DueNudge nudge, bool alternative) => new(
        nudge.Claim, Outcome.Pending, alternative ? OtherReason.Alternative : OtherReason.NoAnswer, DueAt: clock.Now + Doubts.AskAfter, InDoubt: true);

    static Settled Final(DueNudge nudge, Instant now, Outcome outcome, string? reason) => new(
        nudge.Claim, outcome, reason, DecidedOn: nudge.Candidate.Schedule.DateOf(now), IsLastOfJourney: nudge.IsLastOfJourney);

    static Settled Held(DueNudge nudge, Decision.Hold hold) => new(
        nudge.Claim, Outcome.Pending, hold.Reason is { } reason ? Words.Of(reason) : null, DueAt: hold.Until);

    /// <summary>A nudge that may be sent, and its message.</summary>
    sealed record Ready(DueNudge Nudge, Decision.Send Decision, IChatPlatform Platform, Outgoing Outgoing);
}
