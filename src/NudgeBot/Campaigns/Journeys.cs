using System.Collections.Concurrent;
using Dapper;
using Npgsql;

namespace NudgeBot.Campaigns;

/// <summary>A journey as it was when an enrollment took it: it never changes, so it is read once per process.</summary>
/// <param name="StepIds">By step key.</param>
public sealed record Journey(int VersionId, int CampaignId, Campaign Campaign, IReadOnlyDictionary<string, int> StepIds)
{
    public Step StepWith(int stepId) => Campaign.Steps.First(step => StepIds[step.Key] == stepId);
}

public sealed class Journeys(NpgsqlDataSource database)
{
    readonly ConcurrentDictionary<int, Journey> known = new();

    /// <summary>The journey that who enrolls now gets.</summary>
    public async Task<Journey> LatestAsync(int organizationId, string campaignKey, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await LatestAsync(connection, organizationId, campaignKey, cancellation);
    }

    /// <inheritdoc cref="LatestAsync(int, string, CancellationToken)"/>
    /// <param name="connection">What its transaction has changed counts.</param>
    public async Task<Journey> LatestAsync(NpgsqlConnection connection, int organizationId, string campaignKey, CancellationToken cancellation)
    {
        var versionId = await connection.QuerySingleOrDefaultAsync<int?>(
            "select journey_version_id from campaigns where organization_id = @organizationId and key = @campaignKey", new { organizationId, campaignKey })
            ?? throw new UnknownCampaignException(campaignKey);
        return await GetAsync(connection, organizationId, versionId);
    }

    public async ValueTask<Journey> GetAsync(int organizationId, int versionId, CancellationToken cancellation = default)
    {
        if (known.TryGetValue(versionId, out var journey)) return journey;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return known[versionId] = await GetAsync(connection, organizationId, versionId);
    }

    /// <summary>As people count versions, from 1.</summary>
    public Task<int> NumberAsync(NpgsqlConnection connection, int organizationId, int versionId) => connection.QuerySingleAsync<int>(
        "select number from journey_versions where organization_id = @organizationId and id = @versionId", new { organizationId, versionId });

    /// <summary>Not remembered: the version may be of a transaction that comes to nothing.</summary>
    async ValueTask<Journey> GetAsync(NpgsqlConnection connection, int organizationId, int versionId)
    {
        if (known.TryGetValue(versionId, out var journey)) return journey;
        var (campaignId, definition) = await connection.QuerySingleAsync<(int, string)>(
            "select campaign_id, definition from journey_versions where organization_id = @organizationId and id = @versionId",
            new { organizationId, versionId });
        var steps = await connection.QueryAsync<(string Key, int Id)>(
            "select key, id from steps where organization_id = @organizationId and campaign_id = @campaignId",
            new { organizationId, campaignId });
        var campaign = CampaignFile.Parse(definition).Campaign
            ?? throw new InvalidOperationException($"Journey version {versionId} was stored but cannot be read any more.");
        return new Journey(versionId, campaignId, campaign, steps.ToDictionary(s => s.Key, s => s.Id));
    }
}

public sealed class UnknownCampaignException(string key) : Exception($"There is no campaign '{key}'. See 'campaign list' for those there are.");
