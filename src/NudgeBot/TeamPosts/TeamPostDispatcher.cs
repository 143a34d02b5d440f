using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Conversations;
using NudgeBot.Database;
using NudgeBot.Nudging;

namespace NudgeBot.TeamPosts;

/// <summary>Sends what is due to team channels, one post at a time, by the same rules as nudges: claimed before, recorded after.</summary>
public sealed class TeamPostDispatcher(
    NpgsqlDataSource database, Journeys journeys, Schedules schedules, Composer composer, ChatPlatforms platforms, ProductClock clock)
{
    /// <exception cref="AggregateException">Posts that could not be composed. Everything else was sent; these are recorded as rejected.</exception>
    public async Task RunAsync(int organizationId, CancellationToken cancellation = default)
    {
        var failures = new List<Exception>();
        while (!cancellation.IsCancellationRequested && await RunOneAsync(organizationId, failures, cancellation)) { }
        if (failures.Count > 0) throw new AggregateException(failures);
    }

    /// <returns>Whether there was one.</returns>
    async Task<bool> RunOneAsync(int organizationId, List<Exception> failures, CancellationToken cancellation)
    {
        await using var gate = await SendGate.EnterAsync(database, organizationId);
        if (await ClaimAsync(organizationId, cancellation) is not { } post) return false;
        if (await SettleAsync(organizationId, post) is { } failure) failures.Add(failure);
        return true;
    }

    readonly WorkspaceLimits limits = new(database);

    readonly TeamPostDoubts doubts = new(database, journeys, schedules, platforms, clock);

    /// <summary>
    /// A lease that ran out belonged to a dispatcher that died: the post may have been sent, and is in doubt where the platform can be asked, and
    /// unknown where it cannot.
    /// </summary>
    public async Task SweepAsync(int organizationId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync($"""
            with expired as (
              select t.campaign_id, t.step_id, t.team, coalesce(w.platform = any(@askable), false) as in_doubt
              from team_posts t
              left join team_channels k on k.organization_id = t.organization_id and k.team = t.team
              left join workspaces w on w.id = k.workspace_id
              where t.organization_id = @organizationId and t.outcome = 'pending' and t.{Leases.ExpiredSql}
              for update of t)
            update team_posts t
            set outcome = case when x.in_doubt then 'pending' else 'unknown' end, reason = '{OtherReason.NoAnswer}',
                decided_at = case when not x.in_doubt then @now end,
                leased_until = case when x.in_doubt then {Doubts.NeverSql} end, in_doubt_since = case when x.in_doubt then t.{Leases.SinceSql} end,
                due_at = case when x.in_doubt then @askAt else t.due_at end
            from expired x
            where t.organization_id = @organizationId and t.campaign_id = x.campaign_id and t.step_id = x.step_id and t.team = x.team
            """, new { organizationId, now = clock.Now, askAt = clock.Now + Doubts.AskAfter, askable = platforms.Askable });
        await doubts.SettleAsync(organizationId, cancellation);
    }

    async Task<Row?> ClaimAsync(int organizationId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<Row>($"""
            update team_posts t
            set leased_until = {Leases.UntilSql}
            from (
              select d.campaign_id, d.step_id, d.team
              from team_posts d
              where d.organization_id = @organizationId and d.outcome = 'pending' and d.leased_until is null and d.due_at <= @now
              order by d.planned_at, d.team
              limit 1
              for update skip locked) first
            join campaigns c on c.id = first.campaign_id
            join organizations o on o.id = c.organization_id
            left join team_channels k on k.organization_id = c.organization_id and k.team = first.team
            left join workspaces w on w.id = k.workspace_id
            where t.campaign_id = first.campaign_id and t.step_id = first.step_id and t.team = first.team
            returning t.campaign_id, t.step_id, t.team, t.time_zone, t.country, t.reason, t.planned_on, t.last_chance_at, c.journey_version_id,
                      c.state = 'ended' as ended, c.paused or o.paused or coalesce(w.paused, false) as paused, w.send_not_before,
                      w.id as workspace_id, w.platform, k.external_id
            """, new { organizationId, now = clock.Now });
    }

    /// <summary>Without cancellation: one post that is claimed is settled quickly, also while stopping.</summary>
    /// <returns>Why the post could not be composed, if it could not.</returns>
    async Task<Exception?> SettleAsync(int organizationId, Row post)
    {
        var now = clock.Now;
        var journey = await journeys.GetAsync(organizationId, post.JourneyVersionId, CancellationToken.None);
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        var team = await Teams.FindAsync(connection, organizationId, post.CampaignId, post.Team, now);
        var schedule = schedules.For(post.TimeZone, post.Country, journey.Campaign.Window);
        if (journey.TeamStepWith(post.StepId) is not { } step)
        {
            await RecordAsync(connection, organizationId, post, new SettledPost(Outcome.Skipped, Words.Of(SkipReason.Ended)), now);
            return null;
        }
        var decision = Decision.On(
            step.CandidateFor(schedule, post.PlannedOn, post.LastChanceAt, post.Reason, post.Ended, post.Paused, post.SendNotBefore, team?.Members ?? 0), now);
        var settled = await decision.Match(
            send => SendAsync(organizationId, post, step, send.Alternative, journey, team?.Locale ?? "en", now, schedule),
            skip => Task.FromResult(new SettledPost(Outcome.Skipped, skip.Reason)),
            hold => Task.FromResult(new SettledPost(Outcome.Pending, hold.Reason is { } reason ? Words.Of(reason) : null, DueAt: hold.Until)));
        await RecordAsync(connection, organizationId, post, settled, now);
        return settled.Failure;
    }

    async Task<SettledPost> SendAsync(
        int organizationId, Row post, Step step, bool alternative, Journey journey, string locale, Instant now, Schedule schedule)
    {
        if (post.ExternalId is null) return new SettledPost(Outcome.Failed, Words.Of(FailReason.NoChannel));
        var id = new TeamPostId(post.CampaignId, post.StepId, post.Team);
        Message message;
        try
        {
            message = composer.TeamPost(journey.Campaign, step, alternative, id, locale);
        }
        catch (Exception e)
        {
            return new SettledPost(Outcome.Failed, Words.Of(FailReason.Rejected)) { Failure = e };
        }
        var outgoing = new Outgoing(new Workspace(organizationId, post.WorkspaceId!.Value), id.ToString(), post.ExternalId, post.ExternalId, message, locale);
        var platform = platforms.For(post.Platform!);
        var result = await platform.SendAsync(outgoing, CancellationToken.None);
        if (result is SendResult.Throttled { IsOfConversation: false } wait) await limits.WaitAsync(outgoing.Workspace, now + wait.For);
        return result.Match(
            taken => new SettledPost(Outcome.Sent, alternative ? OtherReason.Alternative : null, taken.MessageId, DigestDueAt: schedule.NextTry(now, step.At)),
            refused => new SettledPost(Outcome.Failed, Words.Of(refused.Reason.InAChannel())),
            throttled => new SettledPost(Outcome.Pending, Words.Of(HoldReason.Throttled), DueAt: Instant.Min(now + throttled.For, post.LastChanceAt)),
            noAnswer => platform.CanBeAsked
                ? new SettledPost(Outcome.Pending, alternative ? OtherReason.Alternative : OtherReason.NoAnswer, DueAt: clock.Now + Doubts.AskAfter) { InDoubt = true }
                : new SettledPost(Outcome.Unknown, OtherReason.NoAnswer));
    }

    static Task RecordAsync(NpgsqlConnection connection, int organizationId, Row post, SettledPost settled, Instant now) =>
        connection.ExecuteAsync($"""
            update team_posts
            set outcome = @outcome, reason = @reason, message_id = @messageId, due_at = coalesce(@dueAt, due_at),
                leased_until = case when @inDoubt then {Doubts.NeverSql} end, in_doubt_since = case when @inDoubt then {Leases.SinceSql} end,
                digest_due_at = @digestDueAt, decided_at = case when @outcome = 'pending' then null else @now end
            where organization_id = @organizationId and campaign_id = @campaignId and step_id = @stepId and team = @team and outcome = 'pending'
            """, new
        {
            organizationId,
            post.CampaignId,
            post.StepId,
            post.Team,
            outcome = Words.Of(settled.Outcome),
            settled.Reason,
            settled.MessageId,
            settled.DueAt,
            settled.DigestDueAt,
            settled.InDoubt,
            now,
        });

    sealed record SettledPost(Outcome Outcome, string? Reason, string? MessageId = null, Instant? DueAt = null, Instant? DigestDueAt = null)
    {
        public Exception? Failure { get; init; }
        public bool InDoubt { get; init; }
    }

    sealed record Row
    {
        public int CampaignId { get; init; }
        public int StepId { get; init; }
        public string Team { get; init; } = "";
        public string TimeZone { get; init; } = "";
        public string? Country { get; init; }
        public string? Reason { get; init; }
        public LocalDate PlannedOn { get; init; }
        public Instant LastChanceAt { get; init; }
        public int JourneyVersionId { get; init; }
        public bool Ended { get; init; }
        public bool Paused { get; init; }
        public Instant? SendNotBefore { get; init; }
        public int? WorkspaceId { get; init; }
        public string? Platform { get; init; }
        public string? ExternalId { get; init; }
    }
}
