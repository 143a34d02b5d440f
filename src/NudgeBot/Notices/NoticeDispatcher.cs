using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Database;
using NudgeBot.Nudging;

namespace NudgeBot.Notices;

/// <summary>
/// Sends notices, one at a time, by the same rules as nudges: claimed before, recorded after. What does not reach its person goes to the administrators,
/// where whoever wrote it said so.
/// </summary>
public sealed class NoticeDispatcher(NpgsqlDataSource database, ChatPlatforms platforms, Schedules schedules, ProductClock clock)
{
    /// <summary>How long after it was written a notice may still be sent.</summary>
    internal static readonly Duration Patience = Duration.FromDays(3);

    const string NoAccount = "no-account";

    readonly WorkspaceLimits limits = new(database);
    readonly NoticeDoubts doubts = new(database, platforms, clock);

    public async Task RunAsync(int organizationId, CancellationToken cancellation = default)
    {
        do
        {
            while (!cancellation.IsCancellationRequested && await RunOneAsync(organizationId, cancellation)) { }
        }
        while (await TellAdminsAsync(organizationId, cancellation) > 0);
    }

    /// <returns>Whether there was one.</returns>
    async Task<bool> RunOneAsync(int organizationId, CancellationToken cancellation)
    {
        await using var gate = await SendGate.EnterAsync(database, organizationId);
        if (await ClaimAsync(organizationId, cancellation) is not { } notice) return false;
        await RecordAsync(organizationId, notice.Id, await SettleAsync(organizationId, notice));
        return true;
    }

    /// <summary>
    /// A lease that ran out belonged to a dispatcher that died: the notice may have been sent, and is in doubt where the platform can be asked, and
    /// unknown where it cannot.
    /// </summary>
    public async Task SweepAsync(int organizationId, CancellationToken cancellation = default)
    {
        await using (var connection = await database.OpenConnectionAsync(cancellation))
        {
            await connection.ExecuteAsync($"""
                with expired as (
                  select v.id, coalesce(w.platform = any(@askable), false) as in_doubt
                  from notices v left join accounts a on a.id = v.account_id left join workspaces w on w.id = a.workspace_id
                  where v.organization_id = @organizationId and v.outcome = 'pending' and v.{Leases.ExpiredSql}
                  for update of v)
                update notices v
                set outcome = case when x.in_doubt then 'pending' else 'unknown' end, reason = '{OtherReason.NoAnswer}',
                    decided_at = case when not x.in_doubt then @now end,
                    leased_until = case when x.in_doubt then {Doubts.NeverSql} end, in_doubt_since = case when x.in_doubt then v.{Leases.SinceSql} end,
                    due_at = case when x.in_doubt then @askAt else v.due_at end
                from expired x
                where v.organization_id = @organizationId and v.id = x.id
                """, new { organizationId, now = clock.Now, askAt = clock.Now + Doubts.AskAfter, askable = platforms.Askable });
        }
        await doubts.SettleAsync(organizationId, cancellation);
        await TellAdminsAsync(organizationId, cancellation);
    }

    /// <summary>What the platform calls the message.</summary>
    internal static string NameOf(long noticeId) => $"notice-{noticeId}";

    async Task<NoticeRow?> ClaimAsync(int organizationId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<NoticeRow>($"""
            update notices v
            set leased_until = {Leases.UntilSql}, account_id = a.id
            from (
              select id from notices
              where organization_id = @organizationId and outcome = 'pending' and leased_until is null and due_at <= @now
              order by due_at, id
              limit 1
              for update skip locked) first,
              organizations o,
              persons p left join accounts a on a.id = p.account_id left join workspaces w on w.id = a.workspace_id
            where v.id = first.id and o.id = v.organization_id and p.id = v.person_id
            returning v.id, v.kind, v.message, v.at, v.reason, o.paused as all_paused, coalesce(p.left_on <= (@now at time zone p.time_zone)::date, false) as has_left,
                      p.time_zone, p.country, p.locale, w.id as workspace_id, coalesce(w.paused, false) as workspace_paused, w.send_not_before,
                      w.platform, a.external_id, a.conversation
            """, new { organizationId, now = clock.Now });
    }

    /// <summary>Without cancellation: one notice that is claimed is settled quickly, also while stopping.</summary>
    async Task<Settled> SettleAsync(int organizationId, NoticeRow notice)
    {
        var now = clock.Now;
        if (notice.HasLeft) return new Settled(Outcome.Skipped, Words.Of(SkipReason.Ended));
        if (notice.WorkspaceId is not { } workspaceId) return new Settled(Outcome.Skipped, NoAccount);

        var lastChance = notice.At + Patience;
        var hold = CurrentHold(notice, now, lastChance);
        if (now >= lastChance) return new Settled(Outcome.Skipped, hold?.Reason ?? notice.Reason ?? OtherReason.Expired);
        return hold ?? await SendAsync(notice, new Workspace(organizationId, workspaceId), now, lastChance);
    }

    Settled? CurrentHold(NoticeRow notice, Instant now, Instant lastChance)
    {
        // A pause has no end of its own: what resumes it makes the notice due again.
        if (notice.WorkspacePaused || (notice.AllPaused && !notice.IsAlert)) return Held(Words.Of(HoldReason.Paused), lastChance, lastChance);
        if (notice.SendNotBefore is { } limit && limit > now) return Held(Words.Of(HoldReason.Throttled), limit, lastChance);
        var schedule = schedules.For(notice.TimeZone, notice.Country, SendingWindow.Default);
        return notice.IsAlert || schedule.Allows(now) ? null : Held(notice.Reason, schedule.NextAllowed(now), lastChance);
    }

    static Settled Held(string? reason, Instant until, Instant lastChance) => new(Outcome.Pending, reason, DueAt: Instant.Min(until, lastChance));

    async Task<Settled> SendAsync(NoticeRow notice, Workspace workspace, Instant now, Instant lastChance)
    {
        var platform = platforms.For(notice.Platform!);
        var result = await platform.SendAsync(notice.To(workspace), CancellationToken.None);
        if (result is SendResult.Throttled wait) await limits.WaitAsync(workspace, now + wait.For);
        return result.Match(
            taken => new Settled(Outcome.Sent, Reason: null, taken.MessageId),
            refused => new Settled(Outcome.Failed, Words.Of(refused.Reason)),
            throttled => Held(Words.Of(HoldReason.Throttled), now + throttled.For, lastChance),
            noAnswer => platform.CanBeAsked
                ? new Settled(Outcome.Pending, OtherReason.NoAnswer, DueAt: clock.Now + Doubts.AskAfter) { InDoubt = true }
                : new Settled(Outcome.Unknown, OtherReason.NoAnswer));
    }

    async Task RecordAsync(int organizationId, long id, Settled settled)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await connection.ExecuteAsync($"""
            update notices
            set outcome = @outcome, reason = @reason, message_id = @messageId, due_at = coalesce(@dueAt, due_at),
                leased_until = case when @inDoubt then {Doubts.NeverSql} end, in_doubt_since = case when @inDoubt then {Leases.SinceSql} end,
                decided_at = case when @outcome = 'pending' then null else @now end
            where organization_id = @organizationId and id = @id and outcome = 'pending'
            """, new { organizationId, id, outcome = Words.Of(settled.Outcome), settled.Reason, settled.MessageId, settled.DueAt, settled.InDoubt, now = clock.Now });
    }

    /// <summary>What was lost goes on to the administrators, once; to those alone, so that it comes to an end.</summary>
    async Task<int> TellAdminsAsync(int organizationId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.ExecuteAsync("""
            with lost as (
              update notices set or_admins = false
              where organization_id = @organizationId and or_admins and outcome in ('skipped', 'failed', 'unknown')
              returning person_id, kind, message)
            insert into notices (organization_id, person_id, kind, message, at, due_at)
            select @organizationId, p.id, lost.kind, lost.message, @now, @now
            from lost join persons p on p.organization_id = @organizationId and p.admin and p.id <> lost.person_id
            where coalesce(p.left_on > (@now at time zone p.time_zone)::date, true)
            """, new { organizationId, now = clock.Now });
    }

    sealed record Settled(Outcome Outcome, string? Reason, string? MessageId = null, Instant? DueAt = null)
    {
        public bool InDoubt { get; init; }
    }
}
