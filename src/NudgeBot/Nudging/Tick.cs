using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Enrollment;
using NudgeBot.TeamPosts;

namespace NudgeBot.Nudging;

/// <summary>
/// One look at the clock: entries that must be fixed, nudges that must be planned, sent or settled. Asks first, in one statement, whether
/// there is anything to do: with nothing due a tick costs little more than a round trip.
/// </summary>
public sealed class Tick(
    NpgsqlDataSource database, EntryFixer entries, Planner planner, Dispatcher dispatcher, TeamPostDispatcher posts, TeamDigests digests, ProductClock clock)
{
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        foreach (var due in await LookAsync(cancellation))
        {
            if (due.Entries) await entries.RunAsync(due.OrganizationId, cancellation);
            if (due.Plans) await planner.RunAsync(due.OrganizationId, cancellation);
            if (due.Plans || due.Nudges) await dispatcher.RunAsync(due.OrganizationId, cancellation);
            if (due.Posts) await posts.RunAsync(due.OrganizationId, cancellation);
            if (due.Digests) await digests.RunAsync(due.OrganizationId, cancellation);
        }
    }

    /// <summary>Settles what dispatchers that died have left behind.</summary>
    public async Task SweepAsync(CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        foreach (var organizationId in (await connection.QueryAsync<int>("select id from organizations order by id")).AsList())
        {
            await dispatcher.SweepAsync(organizationId, cancellation);
            await posts.SweepAsync(organizationId, cancellation);
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
                (select min(t.due_at) from team_posts t where t.organization_id = o.id and t.outcome = 'pending') <= @now as posts,
                (select min(t.digest_due_at) from team_posts t where t.organization_id = o.id and t.digest_at is null) <= @now as digests
              from organizations o) due
            where entries or plans or nudges or posts or digests
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
    }
}
