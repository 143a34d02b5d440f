using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;

namespace NudgeBot.Nudging;

/// <summary>
/// Nudges that may have been sent, because no answer came or their dispatcher died: they are held until the platform has told. So each is one message,
/// and one outcome.
/// </summary>
sealed class Doubts(NpgsqlDataSource database, ChatPlatforms platforms, ProductClock clock)
{
    /// <summary>Longer than a message may be under way.</summary>
    public static readonly Duration AskAfter = Duration.FromMinutes(2);

    /// <summary>The lease of what is in doubt: nobody claims it, and no sweeper ends it.</summary>
    public const string NeverSql = "'infinity'::timestamptz";

    /// <summary>Asked about in one go.</summary>
    const int AtATime = 200;

    public async Task SettleAsync(int organizationId, CancellationToken cancellation)
    {
        var now = clock.Now;
        var waiting = new HashSet<int>();
        foreach (var nudge in (await DueAsync(organizationId, now, cancellation)).GroupBy(row => row.Id))
        {
            cancellation.ThrowIfCancellationRequested();
            if (nudge.Any(row => row.WorkspaceId is { } id && waiting.Contains(id))) continue;

            var result = await AskAsync(organizationId, [.. nudge], waiting, cancellation);
            await RecordAsync(organizationId, nudge.First(), result, now);
        }
    }

    /// <summary>A person may have several accounts, and the one that is written to may have changed since: the message is in any of them or in none.</summary>
    async Task<AskResult> AskAsync(int organizationId, IReadOnlyList<Row> accounts, HashSet<int> waiting, CancellationToken cancellation)
    {
        AskResult result = accounts[0].WorkspaceId is null ? new AskResult.CannotTell() : new AskResult.NotThere();
        foreach (var account in accounts.Where(account => account.WorkspaceId is not null))
        {
            var workspace = new Workspace(organizationId, account.WorkspaceId!.Value);
            var question = new Question(workspace, account.Id.ToString(), account.ExternalId!, account.Conversation, account.InDoubtSince);
            var answer = await platforms.For(account.Platform!).AskAsync(question, cancellation);
            if (answer is AskResult.Found) return answer;
            // The limit is the workspace's: the others there need not be asked now.
            if (answer is AskResult.Later) waiting.Add(workspace.Id);
            if (answer is not AskResult.NotThere && result is not AskResult.Later) result = answer;
        }
        return result;
    }

    async Task<IReadOnlyList<Row>> DueAsync(int organizationId, Instant now, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<Row>("""
            select n.enrollment_id, n.step_id, n.in_doubt_since, n.last_chance_at, known.*
            from (
              select * from nudges
              where organization_id = @organizationId and in_doubt_since is not null and due_at <= @now
              order by due_at
              limit @AtATime) n
            left join lateral (
              select a.workspace_id, w.platform, a.external_id, a.conversation
              from accounts a join workspaces w on w.id = a.workspace_id
              where a.person_id = n.person_id and w.platform = any(@askable)) known on true
            order by n.due_at, n.enrollment_id, n.step_id
            """, new { organizationId, now, AtATime, askable = platforms.Askable })).AsList();
    }

    async Task RecordAsync(int organizationId, Row nudge, AskResult result, Instant now)
    {
        var settled = SettledDoubt.Of(result, now, nudge.LastChanceAt);
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await connection.ExecuteAsync($"""
            with settled as (
              update nudges n
              set outcome = @outcome, message_id = @messageId, due_at = coalesce(@dueAt, n.due_at),
                  reason = case when @outcome = 'unknown' then '{OtherReason.NoAnswer}' when @stays or @outcome = 'sent' and n.reason = '{OtherReason.Alternative}' then n.reason end,
                  leased_until = case when @stays then n.leased_until end, attempted = @stays, in_doubt_since = case when @stays then n.in_doubt_since end,
                  decided_at = case when @outcome <> 'pending' then @now end,
                  decided_on = case when @outcome <> 'pending' then (@now at time zone p.time_zone)::date end
              from persons p
              where n.organization_id = @organizationId and n.enrollment_id = @EnrollmentId and n.step_id = @StepId and p.id = n.person_id
                -- Whoever asked longer about the same nudge has nothing to say any more.
                and n.in_doubt_since = @InDoubtSince
              returning n.enrollment_id, n.step_id, n.outcome)
            update enrollments e set state = 'done'
            from settled
            where e.id = settled.enrollment_id and settled.outcome <> 'pending' and e.organization_id = @organizationId and e.next_due_at is null
              and not exists (select from nudges o where o.enrollment_id = e.id and o.step_id <> settled.step_id and o.outcome = 'pending')
            """, new
        {
            organizationId,
            nudge.EnrollmentId,
            nudge.StepId,
            nudge.InDoubtSince,
            outcome = Words.Of(settled.Outcome),
            settled.MessageId,
            settled.DueAt,
            settled.Stays,
            now,
        });
    }

    sealed record Row
    {
        public long EnrollmentId { get; init; }
        public int StepId { get; init; }
        public Instant InDoubtSince { get; init; }
        public Instant LastChanceAt { get; init; }
        /// <summary>Null, with all of the account's: the person has none where it could be asked.</summary>
        public int? WorkspaceId { get; init; }
        public string? Platform { get; init; }
        public string? ExternalId { get; init; }
        public string? Conversation { get; init; }

        public NudgeId Id => new(EnrollmentId, StepId);
    }
}
