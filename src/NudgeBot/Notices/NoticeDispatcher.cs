using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Nudging;

namespace NudgeBot.Notices;

/// <summary>Sends notices. What does not reach its person goes to the administrators, where whoever wrote it said so.</summary>
public sealed class NoticeDispatcher(NpgsqlDataSource database, ChatPlatforms platforms, Schedules schedules, ProductClock clock)
{
    const string NoAccount = "no-account";

    /// <summary>To the account at which the person was reached when it was claimed.</summary>
    readonly Outbox outbox = new(
        database, platforms, clock, "notices", "notice", "left join accounts a on a.id = t.account_id left join workspaces w on w.organization_id = t.organization_id and w.id = a.workspace_id",
        recipient: "a.external_id", conversation: "a.conversation");

    public async Task RunAsync(int organizationId, CancellationToken cancellation = default)
    {
        do
        {
            while (!cancellation.IsCancellationRequested && await RunOneAsync(organizationId, cancellation)) { }
        }
        while (await TellAdminsAsync(organizationId, cancellation) > 0);
    }

    public async Task SweepAsync(int organizationId, CancellationToken cancellation = default)
    {
        await outbox.SweepAsync(organizationId, cancellation);
        await TellAdminsAsync(organizationId, cancellation);
    }

    /// <returns>Whether there was one.</returns>
    async Task<bool> RunOneAsync(int organizationId, CancellationToken cancellation)
    {
        await using var gate = await SendGate.EnterAsync(database, organizationId);
        if (await ClaimAsync(organizationId, cancellation) is not { } notice) return false;
        await outbox.RecordAsync(organizationId, notice.Id, await SettleAsync(organizationId, notice));
        return true;
    }

    async Task<NoticeRow?> ClaimAsync(int organizationId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<NoticeRow>(outbox.ClaimSql(
            set: "account_id = a.id,",
            from: "organizations o, persons p left join accounts a on a.id = p.account_id left join workspaces w on w.id = a.workspace_id",
            where: "o.id = t.organization_id and p.id = t.person_id",
            returning: """
                t.kind, t.message, o.paused as all_paused, coalesce(p.left_on <= (@now at time zone p.time_zone)::date, false) as has_left,
                p.time_zone, p.country, p.locale, w.id as workspace_id, coalesce(w.paused, false) as workspace_paused, w.send_not_before,
                w.platform, a.external_id, a.conversation
                """), new { organizationId, now = clock.Now });
    }

    async Task<Delivery> SettleAsync(int organizationId, NoticeRow notice)
    {
        var now = clock.Now;
        if (notice.HasLeft) return new Delivery(Outcome.Skipped, Words.Of(SkipReason.Ended));
        if (notice.WorkspaceId is not { } workspaceId) return new Delivery(Outcome.Skipped, NoAccount);

        var lastChance = Outbox.LastChance(notice.At);
        var hold = CurrentHold(notice, now, lastChance);
        if (now >= lastChance) return new Delivery(Outcome.Skipped, hold?.Reason ?? notice.Reason ?? OtherReason.Expired);
        return hold ?? await outbox.SendAsync(notice.Platform!, notice.To(new Workspace(organizationId, workspaceId), outbox.NameOf(notice.Id)), lastChance, toChannel: false);
    }

    Delivery? CurrentHold(NoticeRow notice, Instant now, Instant lastChance)
    {
        // A pause has no end of its own: what resumes it makes the notice due again.
        if (notice.WorkspacePaused || (notice.AllPaused && !notice.IsAlert)) return Delivery.Held(Words.Of(HoldReason.Paused), lastChance, lastChance);
        if (notice.SendNotBefore is { } limit && limit > now) return Delivery.Held(Words.Of(HoldReason.Throttled), limit, lastChance);
        var schedule = schedules.For(notice.TimeZone, notice.Country, SendingWindow.Default);
        return notice.IsAlert || schedule.Allows(now) ? null : Delivery.Held(notice.Reason, schedule.NextAllowed(now), lastChance);
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
}
