using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Conversations;
using NudgeBot.Database;
using NudgeBot.Nudging;

namespace NudgeBot.TeamPosts;

/// <summary>
/// The digest below a wins post: on the next working day, when two or more lines came in; looked for once a working day until the post's
/// last chance. Claimed by moving its due time on in the same statement, so a crash costs a digest and never repeats one.
/// </summary>
public sealed class TeamDigests(NpgsqlDataSource database, Journeys journeys, Schedules schedules, ChatPlatforms platforms, ProductClock clock)
{
    const int LinesNeeded = 2;

    readonly WorkspaceLimits limits = new(database);

    public async Task RunAsync(int organizationId, CancellationToken cancellation = default)
    {
        var now = clock.Now;
        await using var gate = await SendGate.EnterAsync(database, organizationId);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var due = (await connection.QueryAsync<Row>("""
            select t.campaign_id, t.step_id, t.team, t.time_zone, t.country, t.last_chance_at, t.digest_due_at, t.message_id, c.journey_version_id, k.external_id, k.workspace_id, w.platform
            from team_posts t
            join campaigns c on c.id = t.campaign_id
            join organizations o on o.id = c.organization_id
            join team_channels k on k.organization_id = t.organization_id and k.team = t.team
            join workspaces w on w.id = k.workspace_id
            where t.organization_id = @organizationId and t.digest_due_at <= @now and t.digest_at is null
              and not c.paused and not o.paused and not w.paused and c.state <> 'ended' and coalesce(w.send_not_before <= @now, true)
            """, new { organizationId, now })).AsList();
        foreach (var post in due)
        {
            cancellation.ThrowIfCancellationRequested();
            await DigestAsync(connection, organizationId, post, now, cancellation);
        }
    }

    async Task DigestAsync(NpgsqlConnection connection, int organizationId, Row post, Instant now, CancellationToken cancellation)
    {
        var journey = await journeys.GetAsync(organizationId, post.JourneyVersionId, cancellation);
        var schedule = schedules.For(post.TimeZone, post.Country, journey.Campaign.Window);
        var lines = (await connection.QueryAsync<TeamLine>("""
            select worked, did_not from team_post_lines
            where organization_id = @organizationId and campaign_id = @campaignId and step_id = @stepId and team = @team
            order by at, person_id
            """, new { organizationId, post.CampaignId, post.StepId, post.Team })).AsList();
        // A step that an edit of the journey took away asks for nothing more.
        var next = journey.TeamStepWith(post.StepId) is { } step ? schedule.NextTry(now, step.At) : (Instant?)null;
        var isComplete = next is not null && lines.Count >= LinesNeeded && schedule.Allows(now);
        var claimed = await connection.ExecuteAsync("""
            update team_posts
            set digest_at = case when @isComplete then @now end, digest_due_at = case when not @isComplete and @next <= last_chance_at then @next end
            where organization_id = @organizationId and campaign_id = @campaignId and step_id = @stepId and team = @team
              and digest_due_at = @digestDueAt and digest_at is null
            """, new { organizationId, post.CampaignId, post.StepId, post.Team, post.DigestDueAt, isComplete, next, now });
        if (claimed == 0 || !isComplete) return;

        var id = new TeamPostId(post.CampaignId, post.StepId, post.Team);
        var team = await Teams.FindAsync(connection, organizationId, post.CampaignId, post.Team, now);
        var message = Composer.TeamDigest(journey.Campaign, post.Team, team?.Locale ?? "en", lines);
        // What is claimed is sent, also while stopping.
        var outgoing = new Outgoing(new Workspace(organizationId, post.WorkspaceId), $"{id}/digest", post.ExternalId, post.ExternalId, message, team?.Locale ?? "en") { Below = post.MessageId };
        if (await platforms.For(post.Platform).SendAsync(outgoing, CancellationToken.None) is not SendResult.Throttled wait) return;

        // Certainly not taken: the one case in which a digest is tried again.
        if (!wait.IsOfConversation) await limits.WaitAsync(outgoing.Workspace, now + wait.For);
        await connection.ExecuteAsync("""
            update team_posts set digest_at = null, digest_due_at = @dueAt
            where organization_id = @organizationId and campaign_id = @campaignId and step_id = @stepId and team = @team
            """, new { organizationId, post.CampaignId, post.StepId, post.Team, dueAt = now + wait.For });
    }

    sealed record Row
    {
        public int CampaignId { get; init; }
        public int StepId { get; init; }
        public string Team { get; init; } = "";
        public string TimeZone { get; init; } = "";
        public string? Country { get; init; }
        public Instant LastChanceAt { get; init; }
        public Instant DigestDueAt { get; init; }
        public string? MessageId { get; init; }
        public int JourneyVersionId { get; init; }
        public string ExternalId { get; init; } = "";
        public int WorkspaceId { get; init; }
        public string Platform { get; init; } = "";
    }
}

/// <summary>What one person wrote below a wins post.</summary>
public sealed record TeamLine
{
    public string Worked { get; init; } = "";
    public string DidNot { get; init; } = "";
}
