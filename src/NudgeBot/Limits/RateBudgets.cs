using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Database;

namespace NudgeBot.Limits;

/// <summary>What becomes of asking for a budget.</summary>
/// <param name="IsGranted">The tokens are taken.</param>
/// <param name="Wait">Granted: after that time the call may leave. Otherwise: before that time asking again is of no use.</param>
/// <param name="RefusedBy">The name of the budget that refuses for longest; null where it is granted.</param>
readonly record struct Grant(bool IsGranted, Duration Wait, string? RefusedBy = null);

/// <summary>The token buckets of the workspaces, by the database's clock: replicas share them.</summary>
sealed class RateBudgets(NpgsqlDataSource database)
{
    /// <summary>Takes from all of these or from none, in one statement.</summary>
    /// <param name="count">Tokens from each: several for a batch.</param>
    public async Task<Grant> TakeAsync(
        Workspace workspace, IReadOnlyList<Budget> budgets, Urgency urgency, int count = 1, CancellationToken cancellation = default)
    {
        var parameters = new
        {
            organizationId = workspace.OrganizationId,
            workspaceId = workspace.Id,
            names = budgets.Select(b => b.Name).ToArray(),
            capacities = budgets.Select(b => (double)b.Capacity).ToArray(),
            perSecond = budgets.Select(b => b.PerSecond).ToArray(),
            floors = budgets.Select(b => b.Floor(urgency)).ToArray(),
            waits = budgets.Select(b => b.Waits(urgency)).ToArray(),
            count,
        };
        await using var connection = await database.OpenConnectionAsync(cancellation);
        while (true)
        {
            var answer = await connection.QuerySingleAsync<Answer>($"{FillSql}; {TakeSql}", parameters);
            if (answer.Known == budgets.Count)
                return answer.Refused > 0 ? new Grant(IsGranted: false, Duration.FromSeconds(answer.Refused), answer.RefusedBy) : new Grant(IsGranted: true, Duration.FromSeconds(Math.Max(0, answer.Delay)));
            // A quiet channel was forgotten in between.
        }
    }

    /// <summary>After Slack has said "too many": nobody calls before that time.</summary>
    public async Task WaitAsync(Workspace workspace, Budget budget, Duration wait)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await connection.ExecuteAsync($"""
            insert into rate_budgets as b (organization_id, workspace_id, budget, tokens, counted_at, not_before)
            values (@OrganizationId, @Id, @name, 0, {Leases.NowSql}, {Leases.NowSql} + @seconds * interval '1 second')
            on conflict (workspace_id, budget) do update set tokens = least(b.tokens, 0), not_before = greatest(b.not_before, excluded.not_before)
            """, new { workspace.OrganizationId, workspace.Id, name = budget.Name, seconds = wait.TotalSeconds });
    }

    /// <summary>Forgets the channels in which nothing was said for an hour: a bucket that is not there is full.</summary>
    public async Task ForgetQuietChannelsAsync(int organizationId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync($"""
            delete from rate_budgets
            where organization_id = @organizationId and budget like '% %' and counted_at < {Leases.NowSql} - interval '1 hour'
              and coalesce(not_before < {Leases.NowSql}, true)
            """, new { organizationId });
    }

    /// <summary>
    /// Rows are locked in the order of their names, so that two calls never wait for each other. Whoever holds a workspace's row keeps all others from it: so the
    /// commit does not wait for the disk. A server that crashes forgets what was taken in its last half second, a few calls.
    /// </summary>
    const string TakeSql = $"""
        with wanted as (
          select * from unnest(@names, @capacities, @perSecond, @floors, @waits) as w(budget, capacity, per_second, floor, waits)),
        held as (
          select b.budget, b.tokens, b.counted_at, b.not_before from rate_budgets b
          where b.organization_id = @organizationId and b.workspace_id = @workspaceId and b.budget = any(@names)
          order by b.budget
          for update),
        counted as (
          select w.*,
                 least(w.capacity, h.tokens + w.per_second * greatest(0, extract(epoch from {Leases.NowSql} - h.counted_at)::float8)) - @count as remaining,
                 coalesce(extract(epoch from h.not_before - {Leases.NowSql})::float8, 0) as closed_for
          from held h join wanted w using (budget)),
        verdict as (
          select count(*)::int as known,
                 max(refused) as refused,
                 (array_agg(budget order by refused desc))[1] as refused_by,
                 max(case when waits then greatest(0, -remaining / per_second) else 0 end) as delay
          from (select *, greatest(closed_for, (floor - remaining) / per_second) as refused from counted) judged),
        taken as (
          update rate_budgets b set tokens = c.remaining, counted_at = greatest(b.counted_at, {Leases.NowSql})
          from counted c, verdict v
          where b.organization_id = @organizationId and b.workspace_id = @workspaceId and b.budget = c.budget
            and v.known = cardinality(@names) and v.refused <= 0)
        select known, coalesce(refused, 0) as refused, refused_by, coalesce(delay, 0) as delay, set_config('synchronous_commit', 'off', true) from verdict
        """;

    /// <summary>Before taking: the first call of its kind finds its rows full. Two that inserted what they leave at once would be one.</summary>
    const string FillSql = $"""
        insert into rate_budgets (organization_id, workspace_id, budget, tokens, counted_at)
        select @organizationId, @workspaceId, w.budget, w.capacity, {Leases.NowSql}
        from unnest(@names, @capacities) as w(budget, capacity)
        order by w.budget
        on conflict (workspace_id, budget) do nothing
        """;

    sealed record Answer
    {
        public int Known { get; init; }
        /// <summary>Seconds; not above 0 where it is granted.</summary>
        public double Refused { get; init; }
        public string? RefusedBy { get; init; }
        public double Delay { get; init; }
    }
}
