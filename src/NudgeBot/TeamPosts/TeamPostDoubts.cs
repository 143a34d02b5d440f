using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Nudging;

namespace NudgeBot.TeamPosts;

/// <summary>Team posts that may have been sent, settled as <see cref="Doubts"/> does for nudges.</summary>
sealed class TeamPostDoubts(NpgsqlDataSource database, Journeys journeys, Schedules schedules, ChatPlatforms platforms, ProductClock clock)
{
    public async Task SettleAsync(int organizationId, CancellationToken cancellation)
    {
        var now = clock.Now;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var due = (await connection.QueryAsync<Row>("""
            select t.campaign_id, t.step_id, t.team, t.time_zone, t.country, t.last_chance_at, t.in_doubt_since, c.journey_version_id, k.external_id, w.id as workspace_id, w.platform
            from team_posts t
            join campaigns c on c.id = t.campaign_id
            left join team_channels k on k.organization_id = t.organization_id and k.team = t.team
            left join workspaces w on w.id = k.workspace_id
            where t.organization_id = @organizationId and t.outcome = 'pending' and t.in_doubt_since is not null and t.due_at <= @now
            order by t.due_at, t.team
            """, new { organizationId, now })).AsList();
        foreach (var post in due)
            await RecordAsync(connection, organizationId, post, await AskAsync(organizationId, post, cancellation), await DigestAsync(organizationId, post, now, cancellation), now);
    }

    Task<AskResult> AskAsync(int organizationId, Row post, CancellationToken cancellation) => post.ExternalId is null
        ? Task.FromResult<AskResult>(new AskResult.CannotTell())
        : platforms.For(post.Platform!).AskAsync(
            new Question(new Workspace(organizationId, post.WorkspaceId!.Value), new TeamPostId(post.CampaignId, post.StepId, post.Team).ToString(), post.ExternalId, post.ExternalId, post.InDoubtSince),
            cancellation);

    /// <summary>When the digest of a post that was sent is looked for; null where the journey has lost the step.</summary>
    async Task<Instant?> DigestAsync(int organizationId, Row post, Instant now, CancellationToken cancellation)
    {
        var journey = await journeys.GetAsync(organizationId, post.JourneyVersionId, cancellation);
        return journey.TeamStepWith(post.StepId) is { } step
            ? schedules.For(post.TimeZone, post.Country, journey.Campaign.Window).NextTry(now, step.At)
            : null;
    }

    static Task RecordAsync(NpgsqlConnection connection, int organizationId, Row post, AskResult result, Instant? digestDueAt, Instant now)
    {
        var settled = SettledDoubt.Of(result, now, post.LastChanceAt);
        return connection.ExecuteAsync($"""
            update team_posts
            set outcome = @outcome, message_id = @messageId, due_at = coalesce(@dueAt, due_at),
                reason = case when @outcome = 'unknown' then '{OtherReason.NoAnswer}' when @stays or @outcome = 'sent' and reason = '{OtherReason.Alternative}' then reason end,
                leased_until = case when @stays then leased_until end, in_doubt_since = case when @stays then in_doubt_since end,
                digest_due_at = case when @outcome = 'sent' then @digestDueAt end, decided_at = case when @outcome <> 'pending' then @now end
            where organization_id = @organizationId and campaign_id = @CampaignId and step_id = @StepId and team = @Team and in_doubt_since = @InDoubtSince
            """, new
        {
            organizationId,
            post.CampaignId,
            post.StepId,
            post.Team,
            post.InDoubtSince,
            outcome = Words.Of(settled.Outcome),
            settled.MessageId,
            settled.DueAt,
            settled.Stays,
            digestDueAt,
            now,
        });
    }

    sealed record Row
    {
        public int CampaignId { get; init; }
        public int StepId { get; init; }
        public string Team { get; init; } = "";
        public string TimeZone { get; init; } = "";
        public string? Country { get; init; }
        public Instant LastChanceAt { get; init; }
        public Instant InDoubtSince { get; init; }
        public int JourneyVersionId { get; init; }
        public string? ExternalId { get; init; }
        public int? WorkspaceId { get; init; }
        public string? Platform { get; init; }
    }
}
