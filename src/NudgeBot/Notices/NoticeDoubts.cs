using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Nudging;

namespace NudgeBot.Notices;

/// <summary>Notices that may have been sent, settled as <see cref="Doubts"/> does for nudges: asked of the account to which it was sent.</summary>
sealed class NoticeDoubts(NpgsqlDataSource database, ChatPlatforms platforms, ProductClock clock)
{
    public async Task SettleAsync(int organizationId, CancellationToken cancellation)
    {
        var now = clock.Now;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var due = (await connection.QueryAsync<Row>("""
            select v.id, v.at, v.in_doubt_since, w.id as workspace_id, w.platform, a.external_id, a.conversation
            from notices v left join accounts a on a.id = v.account_id left join workspaces w on w.id = a.workspace_id
            where v.organization_id = @organizationId and v.outcome = 'pending' and v.in_doubt_since is not null and v.due_at <= @now
            order by v.due_at, v.id
            """, new { organizationId, now })).AsList();
        foreach (var notice in due) await RecordAsync(connection, organizationId, notice, await AskAsync(organizationId, notice, cancellation), now);
    }

    Task<AskResult> AskAsync(int organizationId, Row notice, CancellationToken cancellation) => notice.WorkspaceId is not { } workspaceId
        ? Task.FromResult<AskResult>(new AskResult.CannotTell())
        : platforms.For(notice.Platform!).AskAsync(
            new Question(new Workspace(organizationId, workspaceId), NoticeDispatcher.NameOf(notice.Id), notice.ExternalId!, notice.Conversation, notice.InDoubtSince), cancellation);

    static Task RecordAsync(NpgsqlConnection connection, int organizationId, Row notice, AskResult result, Instant now)
    {
        var settled = SettledDoubt.Of(result, now, notice.At + NoticeDispatcher.Patience);
        return connection.ExecuteAsync($"""
            update notices
            set outcome = @outcome, message_id = @messageId, due_at = coalesce(@dueAt, due_at),
                reason = case when @stays or @outcome = 'unknown' then '{OtherReason.NoAnswer}' end,
                leased_until = case when @stays then leased_until end, in_doubt_since = case when @stays then in_doubt_since end,
                decided_at = case when @outcome <> 'pending' then @now end
            where organization_id = @organizationId and id = @Id and in_doubt_since = @InDoubtSince
            """, new { organizationId, notice.Id, notice.InDoubtSince, outcome = Words.Of(settled.Outcome), settled.MessageId, settled.DueAt, settled.Stays, now });
    }

    sealed record Row
    {
        public long Id { get; init; }
        public Instant At { get; init; }
        public Instant InDoubtSince { get; init; }
        /// <summary>Null, with all of the account's: the account is gone.</summary>
        public int? WorkspaceId { get; init; }
        public string? Platform { get; init; }
        public string? ExternalId { get; init; }
        public string? Conversation { get; init; }
    }
}
