using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Nudging;

namespace NudgeBot.Champions;

/// <summary>
/// Posts wins to the wins channel of the workspace in which they were told. They know no sending window: whoever reads a channel chose the hour.
/// </summary>
public sealed class WinDispatcher(NpgsqlDataSource database, ChatPlatforms platforms, ProductClock clock)
{
    const string Word = "win";

    readonly Outbox outbox = new(
        database, platforms, clock, "wins", Word, "left join workspaces w on w.organization_id = t.organization_id and w.id = t.workspace_id", recipient: "w.wins_channel", conversation: "w.wins_channel");

    public async Task RunAsync(int organizationId, CancellationToken cancellation = default)
    {
        while (!cancellation.IsCancellationRequested && await RunOneAsync(organizationId, cancellation)) { }
    }

    public Task SweepAsync(int organizationId, CancellationToken cancellation = default) => outbox.SweepAsync(organizationId, cancellation);

    /// <summary>What the platform calls the message.</summary>
    internal static string NameOf(long winId) => Outbox.NameOf(Word, winId);

    /// <returns>Whether there was one.</returns>
    async Task<bool> RunOneAsync(int organizationId, CancellationToken cancellation)
    {
        await using var gate = await SendGate.EnterAsync(database, organizationId);
        if (await ClaimAsync(organizationId, cancellation) is not { } win) return false;
        await outbox.RecordAsync(organizationId, win.Id, await SettleAsync(organizationId, win));
        return true;
    }

    async Task<Row?> ClaimAsync(int organizationId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<Row>(outbox.ClaimSql(
            set: "", from: "workspaces w, organizations o", where: "w.id = t.workspace_id and o.id = t.organization_id",
            returning: "o.paused or w.paused as paused, w.send_not_before, w.id as workspace_id, w.platform, w.wins_channel as channel"), new { organizationId, now = clock.Now });
    }

    async Task<Delivery> SettleAsync(int organizationId, Row win)
    {
        var now = clock.Now;
        if (win.Channel is null) return new Delivery(Outcome.Failed, Words.Of(FailReason.NoChannel));

        var lastChance = Outbox.LastChance(win.At);
        var hold = CurrentHold(win, now, lastChance);
        if (now >= lastChance) return new Delivery(Outcome.Skipped, hold?.Reason ?? win.Reason ?? OtherReason.Expired);
        return hold ?? await SendAsync(organizationId, win, win.Channel, lastChance);
    }

    static Delivery? CurrentHold(Row win, Instant now, Instant lastChance)
    {
        // A pause has no end of its own: what resumes it makes the win due again.
        if (win.Paused) return Delivery.Held(Words.Of(HoldReason.Paused), lastChance, lastChance);
        if (win.SendNotBefore is { } limit && limit > now) return Delivery.Held(Words.Of(HoldReason.Throttled), limit, lastChance);
        return null;
    }

    async Task<Delivery> SendAsync(int organizationId, Row win, string channel, Instant lastChance)
    {
        // Gone since it was claimed, with its author: nothing is sent, and there is no row to record it in.
        if (await FindAsync(organizationId, win.Id) is not { } told) return new Delivery(Outcome.Failed, Words.Of(FailReason.Rejected));

        var outgoing = new Outgoing(new Workspace(organizationId, win.WorkspaceId), NameOf(win.Id), channel, channel, WinPost.Of(told), told.Locale);
        return await outbox.SendAsync(win.Platform, outgoing, lastChance, toChannel: true);
    }

    async Task<Win?> FindAsync(int organizationId, long id)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        return await Win.FindAsync(connection, organizationId, id);
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
