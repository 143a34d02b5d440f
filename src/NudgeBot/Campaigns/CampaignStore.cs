using Dapper;
using Npgsql;

namespace NudgeBot.Campaigns;

public enum Applied { Created, Changed, Unchanged }

/// <summary>
/// Stores campaigns as their files say. A changed file makes a new version of the journey: people under way keep theirs, who comes later
/// gets the new one.
/// </summary>
public sealed class CampaignStore(NpgsqlDataSource database, ProductClock clock)
{
    public async Task<Applied> ApplyAsync(int organizationId, Campaign campaign, CancellationToken cancellation = default)
    {
        var definition = CampaignFile.Write(campaign);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var existing = await connection.QuerySingleOrDefaultAsync<(int Id, string Definition)?>("""
            select c.id, v.definition
            from campaigns c join journey_versions v on v.id = c.journey_version_id
            where c.organization_id = @organizationId and c.key = @key
            for update of c
            """, new { organizationId, campaign.Key }, transaction);
        if (existing?.Definition == definition) return Applied.Unchanged;

        var campaignId = existing?.Id ?? await connection.QuerySingleAsync<int>("""
            insert into campaigns (organization_id, key, name, tool, owner_email, state, start_on)
            values (@organizationId, @key, @name, @tool, @ownerEmail, 'scheduled', @start)
            returning id
            """, new { organizationId, campaign.Key, campaign.Name, campaign.Tool, campaign.OwnerEmail, campaign.Start }, transaction);
        await connection.ExecuteAsync("""
            insert into steps (organization_id, campaign_id, key)
            select @organizationId, @campaignId, key from unnest(@keys) as key
            on conflict (campaign_id, key) do nothing
            """, new { organizationId, campaignId, keys = campaign.Steps.Select(s => s.Key).ToArray() }, transaction);
        await connection.ExecuteAsync("""
            with version as (
              insert into journey_versions (organization_id, campaign_id, number, definition, created_at)
              select @organizationId, @campaignId, 1 + coalesce(max(number), 0), @definition, @now
              from journey_versions where organization_id = @organizationId and campaign_id = @campaignId
              returning id)
            update campaigns
            set journey_version_id = version.id, name = @name, tool = @tool, owner_email = @ownerEmail, start_on = @start
            from version
            where campaigns.organization_id = @organizationId and campaigns.id = @campaignId
            """, new { organizationId, campaignId, definition, now = clock.Now, campaign.Name, campaign.Tool, campaign.OwnerEmail, campaign.Start }, transaction);
        await transaction.CommitAsync(cancellation);
        return existing is null ? Applied.Created : Applied.Changed;
    }
}
