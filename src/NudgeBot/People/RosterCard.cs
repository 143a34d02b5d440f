using Dapper;
using NodaTime;
using Npgsql;

namespace NudgeBot.People;

/// <summary>What a roster would have to say of somebody, cell by cell, for them to be as they are. What the chat profile tells is an empty cell.</summary>
static class RosterCard
{
    /// <summary>What one person's row may change by command. Who is a champion has commands of its own.</summary>
    public static readonly IReadOnlyList<RosterColumn> Columns =
    [
        RosterColumn.Name, RosterColumn.Role, RosterColumn.Team, RosterColumn.Location, RosterColumn.Country, RosterColumn.TimeZone, RosterColumn.Locale,
        RosterColumn.GithubLogin, RosterColumn.LicensedSince, RosterColumn.LeftOn,
    ];

    public static async Task<IReadOnlyDictionary<RosterColumn, string>> OfAsync(NpgsqlConnection connection, int organizationId, long personId)
    {
        var person = await connection.QuerySingleAsync<Person>("""
            select p.name, s.role, s.team, s.location, p.country, p.time_zone, p.time_zone_given, p.locale, p.locale_given, p.github_login, p.licensed_since, p.left_on
            from persons p join segments s on s.id = p.segment_id
            where p.organization_id = @organizationId and p.id = @personId
            """, new { organizationId, personId });
        return Columns.ToDictionary(column => column, column => column switch
        {
            RosterColumn.Name => person.Name,
            RosterColumn.Role => person.Role,
            RosterColumn.Team => person.Team,
            RosterColumn.Location => person.Location,
            RosterColumn.Country => person.Country ?? "",
            RosterColumn.TimeZone => person.TimeZoneGiven ? person.TimeZone : "",
            RosterColumn.Locale => person.LocaleGiven ? person.Locale : "",
            RosterColumn.GithubLogin => person.GithubLogin ?? "",
            RosterColumn.LicensedSince => $"{person.LicensedSince:uuuu-MM-dd}",
            RosterColumn.LeftOn => $"{person.LeftOn:uuuu-MM-dd}",
            _ => throw new InvalidOperationException($"{column} is not changed by command."),
        });
    }

    sealed record Person
    {
        public string Name { get; init; } = "";
        public string Role { get; init; } = "";
        public string Team { get; init; } = "";
        public string Location { get; init; } = "";
        public string? Country { get; init; }
        public string TimeZone { get; init; } = "";
        public bool TimeZoneGiven { get; init; }
        public string Locale { get; init; } = "";
        public bool LocaleGiven { get; init; }
        public string? GithubLogin { get; init; }
        public LocalDate? LicensedSince { get; init; }
        public LocalDate? LeftOn { get; init; }
    }
}
