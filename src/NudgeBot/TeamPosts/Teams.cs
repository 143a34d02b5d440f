using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Nudging;

namespace NudgeBot.TeamPosts;

/// <summary>
/// A team as a campaign sees it: its nudged members who have not left. Their earliest day 0 is the team's; zone, country and language are
/// the most frequent among them, the alphabetically first of equals.
/// </summary>
sealed record Team(string Name, LocalDate DayZero, string Zone, string? Country, string Locale, int Members);

static class Teams
{
    public static Task<IReadOnlyList<Team>> OfCampaignAsync(NpgsqlConnection connection, int organizationId, int campaignId, Instant now) =>
        ReadAsync(connection, "s.team <> ''", new { organizationId, campaignId }, now);

    /// <returns>Null when nobody of the team is nudged.</returns>
    public static async Task<Team?> FindAsync(NpgsqlConnection connection, int organizationId, int campaignId, string team, Instant now) =>
        (await ReadAsync(connection, "s.team = @team", new { organizationId, campaignId, team }, now)).SingleOrDefault();

    static async Task<IReadOnlyList<Team>> ReadAsync(NpgsqlConnection connection, string teamsSql, object parameters, Instant now)
    {
        var alike = await connection.QueryAsync<Alike>($"""
            select s.team, p.time_zone, p.country, p.locale, e.left_on, min(e.day_zero) as day_zero, count(*)::int as members
            from enrollments e
            join persons p on p.id = e.person_id
            join segments s on s.id = e.segment_id
            where e.organization_id = @organizationId and e.campaign_id = @campaignId and e.arm = 'nudged' and {teamsSql}
            group by s.team, p.time_zone, p.country, p.locale, e.left_on
            """, parameters);
        return
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
    }

    static string? MostFrequent(IEnumerable<Alike> team, Func<Alike, string?> value) => team
        .GroupBy(value)
        .OrderByDescending(group => group.Sum(alike => alike.Members))
        .ThenBy(group => group.Key, StringComparer.Ordinal)
        .First().Key;

    sealed record Alike
    {
        public string Team { get; init; } = "";
        public string TimeZone { get; init; } = "";
        public string? Country { get; init; }
        public string Locale { get; init; } = "";
        public LocalDate? LeftOn { get; init; }
        public LocalDate DayZero { get; init; }
        public int Members { get; init; }
    }
}
