using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;
using NudgeBot.Nudging;

namespace NudgeBot.Conversations;

/// <summary>The nudge that somebody answers, and who answers.</summary>
sealed record NudgeContext(NudgeId Id, Journey Journey, Step Step, Recipient Recipient, DateTimeZone Zone, bool IsAlternative)
{
    public string Locale => Recipient.Locale;

    /// <summary>The name of the text that was sent.</summary>
    public string TextName => IsAlternative && Step.Otherwise is { } other ? other : Step.TextFor(Recipient.Variant);
}

sealed class NudgeContexts(NpgsqlConnection connection, Journeys journeys)
{
    /// <returns>Null when the nudge is no longer there, or was another person's.</returns>
    public async Task<NudgeContext?> FindAsync(Sender from, NudgeId id, CancellationToken cancellation)
    {
        var row = await connection.QuerySingleOrDefaultAsync<Row>("""
            select e.journey_version_id, e.variant, p.locale, p.time_zone, p.chore, s.role, n.reason is not distinct from 'alternative' as is_alternative,
                   coalesce(nullif(p.name, ''), split_part(p.email, '@', 1)) as name
            from nudges n
            join enrollments e on e.id = n.enrollment_id
            join persons p on p.id = n.person_id
            join segments s on s.id = p.segment_id
            where n.organization_id = @organizationId and n.enrollment_id = @enrollmentId and n.step_id = @stepId and n.person_id = @personId
            """, new { from.OrganizationId, from.PersonId, id.EnrollmentId, id.StepId });
        if (row is null) return null;

        var journey = await journeys.GetAsync(from.OrganizationId, row.JourneyVersionId, cancellation);
        var recipient = new Recipient(row.Name, row.Locale, row.Role, row.Chore, row.Variant, Account: null);
        return new NudgeContext(id, journey, journey.StepWith(id.StepId), recipient, DateTimeZoneProviders.Tzdb[row.TimeZone], row.IsAlternative);
    }

    /// <summary>The nudge that words typed into the chat answer: the last one that was sent to this person.</summary>
    public async Task<NudgeId?> LastSentAsync(Sender from, CancellationToken cancellation)
    {
        var last = await connection.QuerySingleOrDefaultAsync<(long EnrollmentId, int StepId)?>("""
            select enrollment_id, step_id from nudges
            where organization_id = @organizationId and person_id = @personId and outcome in ('sent', 'unknown')
            order by decided_on desc, decided_at desc
            limit 1
            """, new { from.OrganizationId, from.PersonId });
        return last is { } key ? new NudgeId(key.EnrollmentId, key.StepId) : null;
    }

    sealed record Row
    {
        public int JourneyVersionId { get; init; }
        public string Variant { get; init; } = "";
        public string Locale { get; init; } = "";
        public string TimeZone { get; init; } = "";
        public string? Chore { get; init; }
        public string Role { get; init; } = "";
        public string Name { get; init; } = "";
        public bool IsAlternative { get; init; }
    }
}
