using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Nudging;
using NudgeBot.Usage;

namespace NudgeBot.TeamPosts;

/// <summary>
/// A team as a campaign sees it: its nudged members who have not left. Their earliest day 0 is the team's; zone, country and language are
/// the most frequent among them, the alphabetically first of equals.
/// </summary>
sealed record Team(string Name, LocalDate DayZero, string Zone, string? Country, string Locale, int Members);

static class TeamSteps
{
    /// <returns>Null when the journey was edited since, and the step is no longer one for teams.</returns>
    public static Step? TeamStepWith(this Journey journey, int stepId) => journey.Campaign.TeamSteps.FirstOrDefault(step => journey.StepIds[step.Key] == stepId);

    /// <summary>What decides about a post: the step's condition, and what may hold it.</summary>
    /// <param name="reason">What held it before, if anything did.</param>
    public static Candidate CandidateFor(
        this Step step, Schedule schedule, LocalDate plannedOn, Instant lastChance, string? reason, bool ended, bool paused, Instant? sendNotBefore, int members) =>
        new()
        {
            Step = step,
            Schedule = schedule,
            LastChance = lastChance,
            HeldBy = Words.TryParse<HoldReason>(reason, out var held) ? held : null,
            CampaignEnded = ended,
            Paused = paused,
            ThrottledUntil = sendNotBefore,
            HasAccount = true,
            Entry = Entry.New,
            Use = new ActiveDays(plannedOn, 0, 0, 0),
            NudgedMembers = members,
        };
}

static class Teams
{
    public static Task<IReadOnlyList<Team>> OfCampaignAsync(NpgsqlConnection connection, int organizationId, int campaignId, Instant now) =>
        ReadAsync(connection, "s.team <> ''", new { organizationId, campaignId }, now);

    /// <returns>Null when nobody of the team is nudged.</returns>
    public static async Task<Team?> FindAsync(NpgsqlConnection connection, int organizationId, int campaignId, string team, Instant now) =>
        (await ReadAsync(connection, "s.team = @team", new { organizationId, campaignId, team }, now)).SingleOrDefault();

    static async Task<IReadOnlyList<Team>> ReadAsync(NpgsqlConnection connection, string teamsSql, object parameters, Instant now)
    {
        var alike = await connection.QueryAsync<TeamMembers>($"""
            select s.team, p.time_zone, p.country, p.locale, e.left_on, min(e.day_zero) as day_zero, count(*)::int as members
            from enrollments e
            join persons p on p.id = e.person_id
            join segments s on s.id = e.segment_id
            where e.organization_id = @organizationId and e.campaign_id = @campaignId and e.arm = 'nudged' and {teamsSql}
            group by s.team, p.time_zone, p.country, p.locale, e.left_on
            """, parameters);
        return Of(alike, now);
    }

    /// <summary>The teams of these members, by name.</summary>
    public static IReadOnlyList<Team> Of(IEnumerable<TeamMembers> alike, Instant now) =>
    [
        .. alike
            .Where(group => group.LeftOn is null || group.LeftOn > now.InZone(DateTimeZoneProviders.Tzdb[group.TimeZone]).Date)
            .GroupBy(group => group.Team)
            .Select(team => new Team(
                team.Key,
                team.Min(group => group.DayZero),
                MostFrequent(team, group => group.TimeZone)!,
                MostFrequent(team, group => Schedules.CountryOf(group.TimeZone, group.Country)),
                MostFrequent(team, group => group.Locale)!,
                team.Sum(group => group.Members)))
            .OrderBy(team => team.Name, StringComparer.Ordinal),
    ];

    static string? MostFrequent(IEnumerable<TeamMembers> team, Func<TeamMembers, string?> value) => team
        .GroupBy(value)
        .OrderByDescending(group => group.Sum(alike => alike.Members))
        .ThenBy(group => group.Key, StringComparer.Ordinal)
        .First().Key;
}

/// <summary>How many of a team's nudged members are alike.</summary>
sealed record TeamMembers
{
    public string Team { get; init; } = "";
    public string TimeZone { get; init; } = "";
    public string? Country { get; init; }
    public string Locale { get; init; } = "";
    public LocalDate? LeftOn { get; init; }
    public LocalDate DayZero { get; init; }
    public int Members { get; init; }
}
