using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Champions;
using NudgeBot.Enrollment;
using NudgeBot.Notices;
using NudgeBot.TeamPosts;

namespace NudgeBot.Nudging;

/// <summary>
/// One look at the clock: entries that must be fixed, nudges that must be planned, sent or settled. Asks first, in one statement, whether
/// there is anything to do: with nothing due a tick costs little more than a round trip.
/// </summary>
public sealed class Tick(
    NpgsqlDataSource database, EntryFixer entries, Planner planner, Dispatcher dispatcher, Pauses pauses, TeamPostDispatcher posts,
    TeamDigests digests, WinDispatcher wins, NoticeDispatcher notices, ProductClock clock)
{
    /// <exception cref="AggregateException">What went wrong in some organizations; the others were served.</exception>
    public Task RunAsync(CancellationToken cancellation = default) => ForEachAsync(async (due, token) =>
    {
        await PlanAsync(due, token);
        // What has just been planned may be due.
        await DispatchAsync(due with { Nudges = due.Nudges || due.Plans }, token);
    }, cancellation);

    /// <summary>The half that one replica does for all.</summary>
    public Task PlanAsync(CancellationToken cancellation = default) => ForEachAsync(PlanAsync, cancellation);

    /// <summary>The half that replicas share: the rows are claimed.</summary>
    public Task DispatchAsync(CancellationToken cancellation = default) => ForEachAsync(DispatchAsync, cancellation);

    /// <summary>One organization's trouble is not the next one's.</summary>
    async Task ForEachAsync(Func<Due, CancellationToken, Task> work, CancellationToken cancellation)
    {
        var failures = new List<Exception>();
        foreach (var due in await LookAsync(cancellation))
        {
            try
            {
                await work(due, cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failures.Add(e);
            }
        }
        if (failures.Count > 0) throw new AggregateException(failures);
    }

    async Task PlanAsync(Due due, CancellationToken cancellation)
    {
        if (due.Entries) await entries.RunAsync(due.OrganizationId, cancellation);
        if (due.Plans) await planner.RunAsync(due.OrganizationId, cancellation);
    }

    async Task DispatchAsync(Due due, CancellationToken cancellation)
    {
        if (due.Nudges) await dispatcher.RunAsync(due.OrganizationId, cancellation);
        if (due.Posts) await posts.RunAsync(due.OrganizationId, cancellation);
        if (due.Digests) await digests.RunAsync(due.OrganizationId, cancellation);
        if (due.Wins) await wins.RunAsync(due.OrganizationId, cancellation);
        if (due.Notices) await notices.RunAsync(due.OrganizationId, cancellation);
    }

    /// <summary>The next moment at which there is something to do, a past one if there is now; null: nothing is left.</summary>
    public async Task<Instant?> NextMomentAsync(CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleAsync<Instant?>("""
            select min(least(
              (select min(entry_at) from enrollments where organization_id = o.id and entry is null and entry_at < 'infinity'),
              (select min(next_due_at) from enrollments where organization_id = o.id and next_due_at < 'infinity'),
              (select min(due_at) from nudges where organization_id = o.id and outcome = 'pending' and due_at < 'infinity' and in_doubt_since is null),
              (select min(due_at) from team_posts where organization_id = o.id and outcome = 'pending' and due_at < 'infinity' and in_doubt_since is null),
              (select min(digest_due_at) from team_posts where organization_id = o.id and digest_at is null and digest_due_at < 'infinity'),
              (select min(due_at) from wins where organization_id = o.id and outcome = 'pending' and in_doubt_since is null),
              (select min(due_at) from notices where organization_id = o.id and outcome = 'pending' and in_doubt_since is null)))
            from organizations o
            """);
    }

    /// <summary>The next moment at which a platform is asked what became of a message; null: none is in doubt.</summary>
    public async Task<Instant?> NextQuestionAsync(CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleAsync<Instant?>("""
            select min(least(
              (select min(due_at) from nudges where organization_id = o.id and in_doubt_since is not null),
              (select min(due_at) from team_posts where organization_id = o.id and in_doubt_since is not null),
              (select min(due_at) from wins where organization_id = o.id and in_doubt_since is not null),
              (select min(due_at) from notices where organization_id = o.id and in_doubt_since is not null and outcome = 'pending')))
            from organizations o
            """);
    }

    /// <summary>Settles what dispatchers that died have left behind, what may have been sent, and what a resume has missed.</summary>
    public async Task SweepAsync(CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        foreach (var organizationId in (await connection.QueryAsync<int>("select id from organizations order by id")).AsList())
        {
            await dispatcher.SweepAsync(organizationId, cancellation);
            await pauses.ReleaseAsync(connection, organizationId);
            await posts.SweepAsync(organizationId, cancellation);
            await wins.SweepAsync(organizationId, cancellation);
            await notices.SweepAsync(organizationId, cancellation);
        }
    }

    /// <summary>
    /// The least of each index against the clock: the first entry of an index answers that, however many lie behind it. Asked with
    /// "exists", the planner may expect so many that it reads the table until it meets one.
    /// </summary>
    async Task<IReadOnlyList<Due>> LookAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<Due>("""
            select * from (
              select o.id as organization_id,
                (select min(e.entry_at) from enrollments e where e.organization_id = o.id and e.entry is null) <= @now as entries,
                (select min(e.next_due_at) from enrollments e where e.organization_id = o.id) <= @horizon as plans,
                -- Workspace by workspace, as the index goes.
                (select min(first.due_at) from workspaces w cross join lateral (
                  select min(n.due_at) as due_at from nudges n
                  where n.organization_id = o.id and n.workspace_id = w.id and n.outcome = 'pending' and n.leased_until is null) first
                  where w.organization_id = o.id) <= @now
                or (select min(n.due_at) from nudges n
                  where n.organization_id = o.id and n.workspace_id is null and n.outcome = 'pending' and n.leased_until is null) <= @now as nudges,
                (select min(t.due_at) from team_posts t where t.organization_id = o.id and t.outcome = 'pending' and t.in_doubt_since is null) <= @now as posts,
                (select min(t.digest_due_at) from team_posts t where t.organization_id = o.id and t.digest_at is null) <= @now as digests,
                (select min(v.due_at) from wins v where v.organization_id = o.id and v.outcome = 'pending' and v.in_doubt_since is null) <= @now as wins,
                (select min(v.due_at) from notices v where v.organization_id = o.id and v.outcome = 'pending' and v.in_doubt_since is null) <= @now as notices
              from organizations o) due
            where entries or plans or nudges or posts or digests or wins or notices
            order by organization_id
            """, new { now = clock.Now, horizon = clock.Now + Planner.Horizon })).AsList();
    }

    sealed record Due
    {
        public int OrganizationId { get; init; }
        public bool Entries { get; init; }
        public bool Plans { get; init; }
        public bool Nudges { get; init; }
        public bool Posts { get; init; }
        public bool Digests { get; init; }
        public bool Wins { get; init; }
        public bool Notices { get; init; }
    }
}
