using Dapper;
using NodaTime;
using Npgsql;

namespace NudgeBot.People;

/// <summary>What is known of one person, for an operator. Answers are not among it: they are the person's own.</summary>
public sealed record PersonCard
{
    public long Id { get; init; }
    public string Email { get; init; } = "";
    public string Name { get; init; } = "";
    public string Role { get; init; } = "";
    public string Team { get; init; } = "";
    public string Location { get; init; } = "";
    public string? Country { get; init; }
    public string TimeZone { get; init; } = "";
    public string Locale { get; init; } = "";
    public string? GithubLogin { get; init; }
    public LocalDate? LicensedSince { get; init; }
    public LocalDate? LeftOn { get; init; }
    public bool Champion { get; init; }
    public string Campaigns { get; init; } = "";

    public static async Task<PersonCard?> FindAsync(NpgsqlDataSource database, int organizationId, string email, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<PersonCard>("""
            select p.id, p.email, p.name, s.role, s.team, s.location, p.country, p.time_zone, p.locale, p.github_login, p.licensed_since, p.left_on, p.champion,
                   coalesce((
                     select string_agg(c.key || ' (' || concat_ws(', ', e.state, e.arm, 'day 0 ' || e.day_zero) || ')', '; ' order by c.key)
                     from enrollments e join campaigns c on c.id = e.campaign_id
                     where e.organization_id = p.organization_id and e.person_id = p.id), '') as campaigns
            from persons p join segments s on s.id = p.segment_id
            where p.organization_id = @organizationId and p.email = lower(@email)
            """, new { organizationId, email });
    }

    public IEnumerable<(string Label, string Value)> Lines() =>
    [
        ("E-mail", Email), ("Name", Name), ("Role", Role), ("Team", Team), ("Location", Location), ("Country", Country ?? ""), ("Time zone", TimeZone),
        ("Locale", Locale), ("GitHub login", GithubLogin ?? ""), ("Licensed since", LicensedSince?.ToString("uuuu-MM-dd", null) ?? ""),
        ("Left on", LeftOn?.ToString("uuuu-MM-dd", null) ?? ""), ("Champion", Champion ? "yes" : "no"), ("Campaigns", Campaigns),
    ];
}
