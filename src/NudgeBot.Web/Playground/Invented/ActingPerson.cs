using Dapper;
using NodaTime;

namespace NudgeBot.Web.Playground.Invented;

/// <summary>An invented person who acts by themselves.</summary>
sealed record ActingPerson
{
    public long Id { get; init; }
    public string Email { get; init; } = "";
    /// <summary>The personal chat.</summary>
    public string Place { get; init; } = "";
    public string TimeZone { get; init; } = "";
    public string Locale { get; init; } = "";
    public string Team { get; init; } = "";

    public DateTimeZone Zone => DateTimeZoneProviders.Tzdb[TimeZone];

    public InventedPerson Character => InventedData.Shipped.People[Email];

    public Instant At(LocalDateTime local) => Zone.AtLeniently(local).ToInstant();

    /// <summary>By e-mail; without those whom a visitor plays.</summary>
    public static async Task<IReadOnlyDictionary<string, ActingPerson>> AllAsync(DemoWorld world)
    {
        await using var connection = await world.Product.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<ActingPerson>("""
            select p.id, p.email, a.external_id as place, p.time_zone, p.locale, s.team
            from persons p
            join accounts a on a.id = p.account_id
            join segments s on s.id = p.segment_id
            left join playground_people pp on pp.person_id = p.id
            where p.organization_id = @OrganizationId and p.email = any(@invented) and not coalesce(pp.played, false)
            """, new { world.OrganizationId, invented = InventedData.Shipped.People.Keys.ToArray() })).ToDictionary(person => person.Email);
    }
}
