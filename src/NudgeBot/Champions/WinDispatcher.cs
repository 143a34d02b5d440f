using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Database;
using NudgeBot.Nudging;

namespace NudgeBot.Champions;

/// <summary>
/// Posts wins to the wins channel of the workspace in which they were told, one at a time, by the same rules as nudges: claimed before,
/// recorded after. They know no sending window: whoever reads a channel chose the hour.
/// </summary>
public sealed class WinDispatcher(NpgsqlDataSource database, ChatPlatforms platforms, ProductClock clock)
{
    /// <summary>How long after it was told a win may still be posted.</summary>
    internal static readonly Duration Patience = Duration.FromDays(3);

    readonly WorkspaceLimits limits = new(database);

    public async Task RunAsync(int organizationId, CancellationToken cancellation = default)
    {
        while (!cancellation.IsCancellationRequested && await RunOneAsync(organizationId, cancellation)) { }
    }

    /// <returns>Whether there was one.</returns>
    async Task<bool> RunOneAsync(int organizationId, CancellationToken cancellation)
    {
        await using var gate = await SendGate.EnterAsync(database, organizationId);
        if (await ClaimAsync(organizationId, cancellation) is not { } win) return false;
        await RecordAsync(organizationId, win.Id, await SettleAsync(organizationId, win));
        return true;
    }

    readonly WinDoubts doubts = new(database, platforms, clock);

    /// <summary>
    /// A lease that ran out belonged to a dispatcher that died: the win may have been posted, and is in doubt where the platform can be asked, and
    /// unknown where it cannot.
    /// </summary>
    public async Task SweepAsync(int organizationId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync($"""
            with expired as (
              select v.id, w.platform = any(@askable) as in_doubt
              from wins v join workspaces w on w.id = v.workspace_id
              where v.organization_id = @organizationId and v.outcome = 'pending' and v.{Leases.ExpiredSql}
              for update of v)
            update wins v
            set outcome = case when x.in_doubt then 'pending' else 'unknown' end, reason = '{OtherReason.NoAnswer}',
                decided_at = case when not x.in_doubt then @now end,
                leased_until = case when x.in_doubt then {Doubts.NeverSql} end, in_doubt_since = case when x.in_doubt then v.{Leases.SinceSql} end,
                due_at = case when x.in_doubt then @askAt else v.due_at end
            from expired x
            where v.organization_id = @organizationId and v.id = x.id
            """, new { organizationId, now = clock.Now, askAt = clock.Now + Doubts.AskAfter, askable = platforms.Askable });
        await doubts.SettleAsync(organizationId, cancellation);
    }

    async Task<Row?> ClaimAsync(int organizationId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<Row>($"""
            update wins v
            set leased_until = {Leases.UntilSql}
            from (
              select id from wins
              where organization_id = @organizationId and outcome = 'pending' and leased_until is null and due_at <= @now
              order by due_at, id
              limit 1
              for update skip locked) first, workspaces w, organizations o
            where v.id = first.id and w.id = v.workspace_id and o.id = v.organization_id
            returning v.id, v.at, v.reason, o.paused or w.paused as paused, w.send_not_before, w.id as workspace_id, w.platform, w.wins_channel as channel
            """, new { organizationId, now = clock.Now });
    }

    /// <summary>Without cancellation: one win that is claimed is settled quickly, also while stopping.</summary>
    async Task<Settled> SettleAsync(int organizationId, Row win)
    {
        var now = clock.Now;
        if (win.Channel is null) return new Settled(Outcome.Failed, Words.Of(FailReason.NoChannel));

        var lastChance = win.At + Patience;
        var hold = CurrentHold(win, now, lastChance);
        if (now >= lastChance) return new Settled(Outcome.Skipped, hold?.Reason ?? win.Reason ?? OtherReason.Expired);
        return hold ?? await SendAsync(organizationId, win, win.Channel, now, lastChance);
    }

    static Settled? CurrentHold(Row win, Instant now, Instant lastChance)
    {
        // A pause has no end of its own: what resumes it makes the win due again.
        if (win.Paused) return Held(HoldReason.Paused, lastChance, lastChance);
        if (win.SendNotBefore is { } limit && limit > now) return Held(HoldReason.Throttled, limit, lastChance);
        return null;
    }

    static Settled Held(HoldReason reason, Instant until, Instant lastChance) =>
        new(Outcome.Pending, Words.Of(reason), DueAt: Instant.Min(until, lastChance));

    async Task<Settled> SendAsync(int organizationId, Row win, string channel, Instant now, Instant lastChance)
    {
        // Gone since it was claimed, with its author: nothing is sent, and there is no row to record it in.
        if (await FindAsync(organizationId, win.Id) is not { } told) return new Settled(Outcome.Failed, Words.Of(FailReason.Rejected));

        var outgoing = new Outgoing(new Workspace(organizationId, win.WorkspaceId), NameOf(win.Id), channel, channel, WinPost.Of(told), told.Locale);
        var platform = platforms.For(win.Platform);
        var result = await platform.SendAsync(outgoing, CancellationToken.None);
        if (result is SendResult.Throttled { IsOfConversation: false } wait) await limits.WaitAsync(outgoing.Workspace, now + wait.For);
        return result.Match(
            taken => new Settled(Outcome.Sent, Reason: null, taken.MessageId),
            refused => new Settled(Outcome.Failed, Words.Of(refused.Reason.InAChannel())),
            throttled => Held(HoldReason.Throttled, now + throttled.For, lastChance),
            noAnswer => platform.CanBeAsked
                ? new Settled(Outcome.Pending, OtherReason.NoAnswer, DueAt: clock.Now + Doubts.AskAfter) { InDoubt = true }
                : new Settled(Outcome.Unknown, OtherReason.NoAnswer));
    }

    /// <summary>What the platform calls the message.</summary>
    internal static string NameOf(long winId) => $"win-{winId}";

    async Task<Win?> FindAsync(int organizationId, long id)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        return await Win.FindAsync(connection, organizationId, id);
    }

    async Task RecordAsync(int organizationId, long id, Settled settled)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await connection.ExecuteAsync($"""
            update wins
            set outcome = @outcome, reason = @reason, message_id = @messageId, due_at = coalesce(@dueAt, due_at),
                leased_until = case when @inDoubt then {Doubts.NeverSql} end, in_doubt_since = case when @inDoubt then {Leases.SinceSql} end,
                decided_at = case when @outcome = 'pending' then null else @now end
            where organization_id = @organizationId and id = @id and outcome = 'pending'
            """, new { organizationId, id, outcome = Words.Of(settled.Outcome), settled.Reason, settled.MessageId, settled.DueAt, settled.InDoubt, now = clock.Now });
    }

    sealed record Settled(Outcome Outcome, string? Reason, string? MessageId = null, Instant? DueAt = null)
    {
        public bool InDoubt { get; init; }
    }

    sealed record Row
    {
        public long Id { get; init; }
        public Instant At { get; init; }
        public string? Reason { get; init; }
        public bool Paused { get; init; }
        public Instant? SendNotBefore { get; init; }
        public int WorkspaceId { get; init; }
        public string Platform { get; init; } = "";
        public string? Channel { get; init; }
    }
}
