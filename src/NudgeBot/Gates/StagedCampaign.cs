using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Governance;

namespace NudgeBot.Gates;

/// <summary>A campaign as it is now, with the number of its version: what is changed of it is changed from there, or refused.</summary>
sealed record StagedCampaign(Journey Journey, int Number, CampaignState State, Instant? StartedAt)
{
    public Campaign Campaign => Journey.Campaign;

    /// <summary>Where it was launched late, the date of that; null: it has not started.</summary>
    public LocalDate? FirstDay => StartedAt is { } at ? LocalDate.Max(Campaign.Start, at.InUtc().Date) : null;

    /// <exception cref="UnknownCampaignException"/>
    public static async Task<StagedCampaign> FindAsync(NpgsqlConnection connection, Journeys journeys, int organizationId, string key, CancellationToken cancellation)
    {
        var journey = await journeys.LatestAsync(connection, organizationId, key, cancellation);
        var (number, state, startedAt) = await connection.QuerySingleAsync<(int, string, Instant?)>("""
            select v.number, c.state, c.started_at
            from campaigns c join journey_versions v on v.campaign_id = c.id
            where c.organization_id = @organizationId and v.id = @VersionId
            """, new { organizationId, journey.VersionId });
        return new StagedCampaign(journey, number, Words.Parse<CampaignState>(state), startedAt);
    }

    /// <exception cref="RefusalException">Somebody else has changed it since it was read, be it to the very same.</exception>
    public async Task ChangeAsync(NpgsqlConnection connection, CampaignStore campaigns, int organizationId, Campaign changed)
    {
        if ((await campaigns.ApplyAsync(connection, organizationId, changed, Number)).Applied == Applied.Unchanged)
            throw new RefusalException($"**{changed.Key}** was changed meanwhile, and is like that now.");
    }

    /// <exception cref="RefusalException"/>
    public void MustNotHaveEnded()
    {
        if (State == CampaignState.Ended) throw new RefusalException($"**{Campaign.Key}** has ended; that cannot be undone.");
    }
}
