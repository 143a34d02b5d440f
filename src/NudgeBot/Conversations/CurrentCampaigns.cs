using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Chat;

namespace NudgeBot.Conversations;

/// <param name="DayZero">Null while waiting for the rollout.</param>
sealed record CurrentCampaign(Journey Journey, LocalDate? DayZero);

/// <summary>The campaigns that a person is in and that have not ended, the latest first.</summary>
sealed class CurrentCampaigns(NpgsqlConnection connection, Journeys journeys)
{
    public async Task<IReadOnlyList<CurrentCampaign>> OfAsync(Sender from, CancellationToken cancellation)
    {
        var rows = (await connection.QueryAsync<(int VersionId, LocalDate? DayZero)>("""
            select e.journey_version_id, e.day_zero
            from enrollments e join campaigns c on c.id = e.campaign_id
            where e.organization_id = @organizationId and e.person_id = @personId and c.state <> 'ended'
            order by e.day_zero desc nulls last, e.id desc
            """, new { from.OrganizationId, from.PersonId })).AsList();
        var current = new List<CurrentCampaign>(rows.Count);
        foreach (var row in rows) current.Add(new CurrentCampaign(await journeys.GetAsync(from.OrganizationId, row.VersionId, cancellation), row.DayZero));
        return current;
    }
}
