using Dapper;
using Npgsql;
using NudgeBot.Governance;

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
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var stored = await ApplyAsync(connection, organizationId, campaign);
        await transaction.CommitAsync(cancellation);
        return stored.Applied;
    }

    /// <param name="connection">In a transaction.</param>
    /// <param name="basedOn">The number of the version that was changed; null: whatever is there is replaced.</param>
    /// <param name="asDraft">One that is new takes nobody in before it is launched.</param>
    /// <exception cref="RefusalException">Somebody else has changed the campaign since.</exception>
    public async Task<Stored> ApplyAsync(NpgsqlConnection connection, int organizationId, Campaign campaign, int? basedOn = null, bool asDraft = false)
    {
        var definition = CampaignFile.Write(campaign);
        // A statement of its own: whoever waited here sees the version of the one they waited for.
        await connection.ExecuteAsync("select from campaigns where organization_id = @organizationId and key = @key for update", new { organizationId, campaign.Key });
        var existing = await connection.QuerySingleOrDefaultAsync<(int Id, int Number, string Definition)?>("""
            select c.id, v.number, v.definition
            from campaigns c join journey_versions v on v.id = c.journey_version_id
            where c.organization_id = @organizationId and c.key = @key
            """, new { organizationId, campaign.Key });
        if (existing?.Definition == definition) return new Stored(Applied.Unchanged, definition, definition, existing.Value.Number);
        if (basedOn is not null && existing?.Number != basedOn)
            throw new RefusalException($"**{campaign.Key}** was changed meanwhile: it has version {existing?.Number} now, and this was made from version {basedOn}. Look at it with "
                + $"`campaign show {campaign.Key}`, then change it again. Nothing of yours was stored.");

        var campaignId = existing?.Id ?? await connection.QuerySingleAsync<int>("""
            insert into campaigns (organization_id, key, name, tool, owner_email, state, start_on)
            values (@organizationId, @key, @name, @tool, @ownerEmail, @state, @start)
            returning id
            """, new
        {
            organizationId,
            campaign.Key,
            campaign.Name,
            campaign.Tool,
            campaign.OwnerEmail,
            state = Words.Of(asDraft ? CampaignState.Draft : CampaignState.Scheduled),
            campaign.Start,
        });
        await connection.ExecuteAsync("""
            insert into steps (organization_id, campaign_id, key)
            select @organizationId, @campaignId, key from unnest(@keys) as key
            on conflict (campaign_id, key) do nothing
            """, new { organizationId, campaignId, keys = campaign.Steps.Select(s => s.Key).ToArray() });
        var number = await connection.QuerySingleAsync<int>("""
            with version as (
              insert into journey_versions (organization_id, campaign_id, number, definition, created_at)
              select @organizationId, @campaignId, 1 + coalesce(max(number), 0), @definition, @now
              from journey_versions where organization_id = @organizationId and campaign_id = @campaignId
              returning id, number)
            update campaigns
            set journey_version_id = version.id, name = @name, tool = @tool, owner_email = @ownerEmail, start_on = @start
            from version
            where campaigns.organization_id = @organizationId and campaigns.id = @campaignId
            returning version.number
            """, new { organizationId, campaignId, definition, now = clock.Now, campaign.Name, campaign.Tool, campaign.OwnerEmail, campaign.Start });
        return new Stored(existing is null ? Applied.Created : Applied.Changed, existing?.Definition, definition, number);
    }

    /// <summary>Launches a draft: it starts on its date.</summary>
    /// <returns>False where it is no draft.</returns>
    public static async Task<bool> ScheduleAsync(NpgsqlConnection connection, int organizationId, string key) => await connection.ExecuteAsync(
        "update campaigns set state = 'scheduled' where organization_id = @organizationId and key = @key and state = 'draft'", new { organizationId, key }) > 0;
}

/// <param name="Before">The definition that was there; null: none.</param>
/// <param name="Version">The number of the version that is there now.</param>
public sealed record Stored(Applied Applied, string? Before, string After, int Version);
