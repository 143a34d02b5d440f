using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Database;
using NudgeBot.Nudging;

namespace NudgeBot.TeamPosts;

/// <summary>
/// Plans a campaign's posts to team channels, once per team and step. Runs after people were enrolled; a post whose moment has not come
/// follows its team (a new majority zone, an earlier day 0), one that is due stays.
/// </summary>
public sealed class TeamPostPlanner(NpgsqlDataSource database, Journeys journeys, Schedules schedules, ProductClock clock)
{
    public async Task RunAsync(int organizationId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var versions = await connection.QueryAsync<int>(
            "select journey_version_id from campaigns where organization_id = @organizationId and state = 'running' order by id", new { organizationId });
        foreach (var versionId in versions)
        {
            var journey = await journeys.GetAsync(organizationId, versionId, cancellation);
            if (journey.Campaign.TeamSteps.Any()) await PlanAsync(connection, organizationId, journey);
        }
    }

    async Task PlanAsync(NpgsqlConnection connection, int organizationId, Journey journey)
    {
        var now = clock.Now;
        foreach (var team in await Teams.OfCampaignAsync(connection, organizationId, journey.CampaignId, now))
        {
            var schedule = schedules.For(team.Zone, team.Country, journey.Campaign.Window);
            foreach (var step in journey.Campaign.TeamSteps)
            {
                var moment = schedule.Plan(team.DayZero.PlusDays(step.Day), step.At, previous: null, now);
                await connection.ExecuteAsync("""
                    insert into team_posts (organization_id, campaign_id, step_id, team, time_zone, country, planned_on, planned_at, due_at, last_chance_at)
                    values (@organizationId, @campaignId, @stepId, @team, @zone, @country, @plannedOn, @plannedAt, @plannedAt, @lastChanceAt)
                    on conflict (campaign_id, step_id, team) do update
                    set time_zone = excluded.time_zone, country = excluded.country, planned_on = excluded.planned_on, planned_at = excluded.planned_at, due_at = excluded.due_at,
                        last_chance_at = excluded.last_chance_at
                    where team_posts.outcome = 'pending' and team_posts.due_at > @now and team_posts.reason is null
                      and (team_posts.planned_at, team_posts.time_zone, team_posts.country)
                        is distinct from (excluded.planned_at, excluded.time_zone, excluded.country)
                    """, new
                {
                    organizationId,
                    journey.CampaignId,
                    stepId = journey.StepIds[step.Key],
                    team = team.Name,
                    team.Zone,
                    team.Country,
                    plannedOn = moment.Date,
                    plannedAt = moment.At,
                    lastChanceAt = moment.LastChance,
                    now,
                });
            }
        }
    }
}
