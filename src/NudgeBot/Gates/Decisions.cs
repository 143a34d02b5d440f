using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;

namespace NudgeBot.Gates;

/// <summary>What was decided in a campaign's reviews.</summary>
static class Decisions
{
    /// <summary>The newest first.</summary>
    public static async Task<IReadOnlyList<Decision>> OfAsync(NpgsqlConnection connection, int organizationId, int campaignId) => (await connection.QueryAsync<Decision>("""
        select r.decided_at as at, p.email as by, r.decided as what
        from reviews r left join persons p on p.id = r.person_id
        where r.organization_id = @organizationId and r.campaign_id = @campaignId and r.decided is not null
        order by r.decided_at desc, r.id desc
        """, new { organizationId, campaignId })).AsList();

    /// <summary>Of the review that is due and open; where none is, it is one out of turn.</summary>
    public static Task KeepAsync(NpgsqlConnection connection, int organizationId, int campaignId, long? personId, string decided, IEnumerable<GateFigure> figures, Instant now) =>
        connection.ExecuteAsync("""
            with due as (
              update reviews set decided = @decided, decided_at = @now, person_id = @personId, figures = @figures
              where id = (
                select id from reviews
                where organization_id = @organizationId and campaign_id = @campaignId and decided is null
                order by due_on desc limit 1
                for update)
              returning id)
            insert into reviews (organization_id, campaign_id, decided, decided_at, person_id, figures)
            select @organizationId, @campaignId, @decided, @now, @personId, @figures
            where not exists (select from due)
            """, new { organizationId, campaignId, personId, decided, figures = GateText.Json(figures), now });
}

/// <param name="By">An e-mail; null: the operator, or somebody who was deleted.</param>
sealed record Decision(Instant At, string? By, string What)
{
    /// <summary>Of a list: what was written on several lines stands on one.</summary>
    /// <param name="zone">Of whoever reads it.</param>
    public string Line(DateTimeZone zone) => $"- {At.InZone(zone).Date:uuuu-MM-dd}, {By ?? "not by a person in chat"}: {Markdown.Escape(What.ReplaceLineEndings(" "))}";
}
