using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Nudging;

namespace NudgeBot.Champions;

/// <summary>Wins that may have been posted, settled as <see cref="Doubts"/> does for nudges.</summary>
sealed class WinDoubts(NpgsqlDataSource database, ChatPlatforms platforms, ProductClock clock)
{
    public async Task SettleAsync(int organizationId, CancellationToken cancellation)
    {
        var now = clock.Now;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var due = (await connection.QueryAsync<Row>("""
            select v.id, v.at, v.in_doubt_since, w.id as workspace_id, w.platform, w.wins_channel as channel
            from wins v join workspaces w on w.id = v.workspace_id
            where v.organization_id = @organizationId and v.outcome = 'pending' and v.in_doubt_since is not null and v.due_at <= @now
            order by v.due_at, v.id
            """, new { organizationId, now })).AsList();
        foreach (var win in due) await RecordAsync(connection, organizationId, win, await AskAsync(organizationId, win, cancellation), now);
    }

    Task<AskResult> AskAsync(int organizationId, Row win, CancellationToken cancellation) => win.Channel is null
        ? Task.FromResult<AskResult>(new AskResult.CannotTell())
        : platforms.For(win.Platform).AskAsync(
            new Question(new Workspace(organizationId, win.WorkspaceId), WinDispatcher.NameOf(win.Id), win.Channel, win.Channel, win.InDoubtSince), cancellation);

    static Task RecordAsync(NpgsqlConnection connection, int organizationId, Row win, AskResult result, Instant now)
    {
        var settled = SettledDoubt.Of(result, now, win.At + WinDispatcher.Patience);
        return connection.ExecuteAsync($"""
            update wins
            set outcome = @outcome, message_id = @messageId, due_at = coalesce(@dueAt, due_at),
                reason = case when @stays or @outcome = 'unknown' then '{OtherReason.NoAnswer}' end,
                leased_until = case when @stays then leased_until end, in_doubt_since = case when @stays then in_doubt_since end,
                decided_at = case when @outcome <> 'pending' then @now end
            where organization_id = @organizationId and id = @Id and in_doubt_since = @InDoubtSince
            """, new { organizationId, win.Id, win.InDoubtSince, outcome = Words.Of(settled.Outcome), settled.MessageId, settled.DueAt, settled.Stays, now });
    }

    sealed record Row
    {
        public long Id { get; init; }
        public Instant At { get; init; }
        public Instant InDoubtSince { get; init; }
        public int WorkspaceId { get; init; }
        public string Platform { get; init; } = "";
        public string? Channel { get; init; }
    }
}
