using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Database;

namespace NudgeBot.Nudging;

/// <summary>
/// A table whose rows are messages beside the nudges, each sent once and one at a time, by the same rules: claimed before, recorded after. What may have been
/// sent is asked of its platform, as <see cref="Doubts"/> does for nudges.
/// </summary>
/// <param name="table">It has <c>id, at, due_at, outcome, reason, message_id, decided_at, leased_until, in_doubt_since</c>, and is <c>t</c> in all statements.</param>
/// <param name="word">With the row's id it is what the platform calls the message.</param>
/// <param name="address">The joins that lead from <c>t</c> to its workspace <c>w</c>, which may be gone.</param>
/// <param name="recipient">Of these, what tells whom it is for.</param>
/// <param name="conversation">Likewise, where it is.</param>
sealed class Outbox(
    NpgsqlDataSource database, ChatPlatforms platforms, ProductClock clock, string table, string word, string address, string recipient, string conversation)
{
    /// <summary>How long after it was written a message may still be sent.</summary>
    static readonly Duration Patience = Duration.FromDays(3);

    readonly WorkspaceLimits limits = new(database);

    public static Instant LastChance(Instant at) => at + Patience;

    public static string NameOf(string word, long id) => $"{word}-{id}";

    public string NameOf(long id) => NameOf(word, id);

    /// <summary>A statement that claims the first that is due, and gives what stands behind it.</summary>
    /// <param name="set">Further assignments; ends with a comma unless it is empty.</param>
    /// <param name="from">Further tables, joined to <c>t</c> by <paramref name="where"/>.</param>
    public string ClaimSql(string set, string from, string where, string returning) => $"""
        update {table} t
        set {set} leased_until = {Leases.UntilSql}
        from (
          select id from {table}
          where organization_id = @organizationId and outcome = 'pending' and leased_until is null and due_at <= @now
          order by due_at, id
          limit 1
          for update skip locked) first, {from}
        where t.id = first.id and {where}
        returning t.id, t.at, t.reason, {returning}
        """;

    /// <summary>Nobody knows what became of it where the platform gave no answer and cannot be asked.</summary>
    /// <param name="toChannel">It is for a channel: then refusals are the channel's.</param>
    public async Task<Delivery> SendAsync(string platformWord, Outgoing outgoing, Instant lastChance, bool toChannel)
    {
        var now = clock.Now;
        var platform = platforms.For(platformWord);
        // Without cancellation: what is claimed is settled quickly, also while stopping.
        var result = await platform.SendAsync(outgoing, CancellationToken.None);
        if (result is SendResult.Throttled { IsOfConversation: false } wait) await limits.WaitAsync(outgoing.Workspace, now + wait.For);
        return result.Match(
            taken => new Delivery(Outcome.Sent, Reason: null) { MessageId = taken.MessageId },
            refused => new Delivery(Outcome.Failed, Words.Of(toChannel ? refused.Reason.InAChannel() : refused.Reason)),
            throttled => Delivery.Held(Words.Of(HoldReason.Throttled), now + throttled.For, lastChance),
            noAnswer => platform.CanBeAsked
                ? new Delivery(Outcome.Pending, OtherReason.NoAnswer) { DueAt = clock.Now + Doubts.AskAfter, InDoubt = true }
                : new Delivery(Outcome.Unknown, OtherReason.NoAnswer));
    }

    public async Task RecordAsync(int organizationId, long id, Delivery delivery)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await connection.ExecuteAsync($"""
            update {table}
            set outcome = @outcome, reason = @reason, message_id = @messageId, due_at = coalesce(@dueAt, due_at),
                leased_until = case when @inDoubt then {Doubts.NeverSql} end, in_doubt_since = case when @inDoubt then {Leases.SinceSql} end,
                decided_at = case when @outcome = 'pending' then null else @now end
            where organization_id = @organizationId and id = @id and outcome = 'pending'
            """, new { organizationId, id, outcome = Words.Of(delivery.Outcome), delivery.Reason, delivery.MessageId, delivery.DueAt, delivery.InDoubt, now = clock.Now });
    }

    /// <summary>
    /// A lease that ran out belonged to a dispatcher that died: the message may have been sent, and is in doubt where the platform can be asked, and unknown
    /// where it cannot.
    /// </summary>
    public async Task SweepAsync(int organizationId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync($"""
            with expired as (
              select t.id, coalesce(w.platform = any(@askable), false) as in_doubt
              from {table} t {address}
              where t.organization_id = @organizationId and t.outcome = 'pending' and t.{Leases.ExpiredSql}
              for update of t)
            update {table} t
            set outcome = case when x.in_doubt then 'pending' else 'unknown' end, reason = '{OtherReason.NoAnswer}',
                decided_at = case when not x.in_doubt then @now end,
                leased_until = case when x.in_doubt then {Doubts.NeverSql} end, in_doubt_since = case when x.in_doubt then t.{Leases.SinceSql} end,
                due_at = case when x.in_doubt then @askAt else t.due_at end
            from expired x
            where t.organization_id = @organizationId and t.id = x.id
            """, new { organizationId, now = clock.Now, askAt = clock.Now + Doubts.AskAfter, askable = platforms.Askable });
        await SettleDoubtsAsync(connection, organizationId, cancellation);
    }

    async Task SettleDoubtsAsync(NpgsqlConnection connection, int organizationId, CancellationToken cancellation)
    {
        var now = clock.Now;
        var due = (await connection.QueryAsync<Doubted>($"""
            select t.id, t.at, t.in_doubt_since, w.id as workspace_id, w.platform, {recipient} as recipient, {conversation} as conversation
            from {table} t {address}
            where t.organization_id = @organizationId and t.outcome = 'pending' and t.in_doubt_since is not null and t.due_at <= @now
            order by t.due_at, t.id
            """, new { organizationId, now })).AsList();
        foreach (var message in due)
        {
            var settled = SettledDoubt.Of(await AskAsync(organizationId, message, cancellation), now, LastChance(message.At));
            await connection.ExecuteAsync($"""
                update {table}
                set outcome = @outcome, message_id = @messageId, due_at = coalesce(@dueAt, due_at),
                    reason = case when @stays or @outcome = 'unknown' then '{OtherReason.NoAnswer}' end,
                    leased_until = case when @stays then leased_until end, in_doubt_since = case when @stays then in_doubt_since end,
                    decided_at = case when @outcome <> 'pending' then @now end
                where organization_id = @organizationId and id = @Id and in_doubt_since = @InDoubtSince
                """, new { organizationId, message.Id, message.InDoubtSince, outcome = Words.Of(settled.Outcome), settled.MessageId, settled.DueAt, settled.Stays, now });
        }
    }

    async Task<AskResult> AskAsync(int organizationId, Doubted message, CancellationToken cancellation) => message is { WorkspaceId: { } workspace, Recipient: { } to }
        ? await platforms.For(message.Platform!).AskAsync(
            new Question(new Workspace(organizationId, workspace), NameOf(message.Id), to, message.Conversation, message.InDoubtSince), cancellation)
        : new AskResult.CannotTell();

    sealed record Doubted
    {
        public long Id { get; init; }
        public Instant At { get; init; }
        public Instant InDoubtSince { get; init; }
        /// <summary>Null, with all of the address: it is gone.</summary>
        public int? WorkspaceId { get; init; }
        public string? Platform { get; init; }
        public string? Recipient { get; init; }
        public string? Conversation { get; init; }
    }
}
