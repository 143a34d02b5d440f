using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;

namespace NudgeBot.People;

/// <summary>Who speaks, as far as an answer needs to know.</summary>
sealed record SpeakingPerson
{
    public string Email { get; init; } = "";
    public string Name { get; init; } = "";
    public string Locale { get; init; } = "";
    public string TimeZone { get; init; } = "";
    public string Role { get; init; } = "";
    public string? Chore { get; init; }
    public bool Champion { get; init; }
    public Instant? SnoozedUntil { get; init; }
    public Instant? OptedOutAt { get; init; }
}

sealed class Senders(NpgsqlConnection connection)
{
    public async Task<SpeakingPerson> FindAsync(Sender from, CancellationToken cancellation)
    {
        return await connection.QuerySingleAsync<SpeakingPerson>("""
            select p.email, coalesce(nullif(p.name, ''), split_part(p.email, '@', 1)) as name, p.locale, p.time_zone, s.role, p.chore,
                   p.champion, p.snoozed_until, p.opted_out_at
            from persons p join segments s on s.id = p.segment_id
            where p.organization_id = @organizationId and p.id = @personId
            """, new { from.OrganizationId, from.PersonId });
    }

    public async Task<string> LocaleAsync(Sender from, CancellationToken cancellation)
    {
        return await connection.ExecuteScalarAsync<string>(
            "select locale from persons where organization_id = @organizationId and id = @personId", new { from.OrganizationId, from.PersonId }) ?? "en";
    }
}
