using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Nudging;
using NudgeBot.TeamPosts;

namespace NudgeBot.Forecasting;

/// <summary>The posts to the channels of a campaign's teams: planned as <see cref="TeamPostPlanner"/> will, decided as <see cref="TeamPostDispatcher"/> will.</summary>
sealed class PostsAhead(CampaignAhead campaign, Schedules schedules, Instant now, LocalDate to)
{
    /// <param name="members">Of all teams.</param>
    public async Task CountAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, int organizationId, IEnumerable<TeamMembers> members, ForecastTally tally)
    {
        var steps = campaign.Journey.Campaign.TeamSteps.ToList();
        var written = (await connection.QueryAsync<Post>("""
            select step_id, team, time_zone, country, planned_on, planned_at, due_at, last_chance_at, reason, outcome = 'pending' as is_open
            from team_posts where organization_id = @organizationId and campaign_id = @campaignId
            """, new { organizationId, campaign.Journey.CampaignId }, transaction)).ToDictionary(post => (post.StepId, post.Team));
        var channels = (await connection.QueryAsync<Channel>("""
            select o.paused, k.team, k.workspace_id, coalesce(w.paused, false) as workspace_paused, w.send_not_before
            from organizations o
            left join team_channels k on k.organization_id = o.id
            left join workspaces w on w.id = k.workspace_id
            where o.id = @organizationId
            """, new { organizationId }, transaction)).AsList();
        var everythingIsPaused = channels[0].Paused;
        var byTeam = channels.Where(channel => channel.Team is not null).ToDictionary(channel => channel.Team!);

        foreach (var team in members.GroupBy(group => group.Team).OrderBy(team => team.Key, StringComparer.Ordinal))
        {
            var channel = byTeam.GetValueOrDefault(team.Key);
            var paused = campaign.Paused || everythingIsPaused || channel?.WorkspacePaused == true;
            foreach (var step in steps)
            {
                var post = Plan([.. team], step, written.GetValueOrDefault((campaign.Journey.StepIds[step.Key], team.Key)));
                if (post is { IsOpen: true }) Decide([.. team], step, post, channel, paused, tally);
            }
        }
    }

    /// <summary>The planner looks at a team again whenever somebody has left it, until the post's moment has come.</summary>
    /// <returns>Null: the team is gone before anything is planned.</returns>
    Post? Plan(List<TeamMembers> members, Step step, Post? post)
    {
        if (post is { IsOpen: false }) return post;
        var looks = members.Where(group => group.LeftOn is not null)
            .Select(group => DateTimeZoneProviders.Tzdb[group.TimeZone].AtStartOfDay(group.LeftOn!.Value).ToInstant())
            .Where(at => at > campaign.EnrollsAt)
            .Append(campaign.EnrollsAt).Distinct().Order();
        foreach (var look in looks)
        {
            if (post is not null && (post.DueAt <= look || post.Reason is not null)) break;
            if (Teams.Of(members, look).SingleOrDefault() is not { } team) break;
            var moment = schedules.For(team.Zone, team.Country, campaign.Journey.Campaign.Window).Plan(team.DayZero.PlusDays(step.Day), step.At, previous: null, look);
            post = new Post
            {
                Team = team.Name,
                TimeZone = team.Zone,
                Country = team.Country,
                PlannedOn = moment.Date,
                PlannedAt = moment.At,
                DueAt = moment.At,
                LastChanceAt = moment.LastChance,
                IsOpen = true,
            };
        }
        return post;
    }

    void Decide(List<TeamMembers> members, Step step, Post post, Channel? channel, bool paused, ForecastTally tally)
    {
        var schedule = schedules.For(post.TimeZone, post.Country, campaign.Journey.Campaign.Window);
        var (at, reason, wasHeld) = (Instant.Max(now, post.DueAt), post.Reason, post.DueAt > post.PlannedAt);
        while (true)
        {
            var team = Teams.Of(members, at).SingleOrDefault();
            var decision = Decision.On(
                step.CandidateFor(schedule, post.PlannedOn, post.LastChanceAt, reason, ended: false, paused, channel?.SendNotBefore, team?.Members ?? 0), at);
            if (decision is Decision.Hold hold)
            {
                (at, reason, wasHeld) = (hold.Until, hold.Reason is { } held ? Words.Of(held) : null, true);
                continue;
            }
            var (outcome, why) = at >= schedule.StartOf(to.PlusDays(1)) ? (Outcome.Pending, null) : decision.Match(
                send => channel is null ? (Outcome.Failed, Words.Of(FailReason.NoChannel)) : (Outcome.Sent, send.Alternative ? OtherReason.Alternative : null),
                skip => (Outcome.Skipped, skip.Reason),
                held => throw new InvalidOperationException("A hold is not final."));
            tally.Add(
                new ForeseenMessage(post.Team, step.Key, post.PlannedAt, outcome, why, outcome == Outcome.Pending ? null : at),
                wasHeld, channel?.WorkspaceId, schedule.At(schedule.DateOf(at), schedule.Window.To));
            return;
        }
    }

    sealed record Post
    {
        public int StepId { get; init; }
        public string Team { get; init; } = "";
        public string TimeZone { get; init; } = "";
        public string? Country { get; init; }
        public LocalDate PlannedOn { get; init; }
        public Instant PlannedAt { get; init; }
        public Instant DueAt { get; init; }
        public Instant LastChanceAt { get; init; }
        public string? Reason { get; init; }
        public bool IsOpen { get; init; }
    }

    sealed record Channel
    {
        public bool Paused { get; init; }
        /// <summary>Null: no team has a channel.</summary>
        public string? Team { get; init; }
        public int? WorkspaceId { get; init; }
        public bool WorkspacePaused { get; init; }
        public Instant? SendNotBefore { get; init; }
    }
}
