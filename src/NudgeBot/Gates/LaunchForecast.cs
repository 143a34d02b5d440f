using NudgeBot.Chat;
using NudgeBot.Forecasting;
using NudgeBot.Governance;
using Npgsql;

namespace NudgeBot.Gates;

/// <summary>What is shown of the future before a launch is confirmed. In chat it is worked out in the background, and launching is asked for again.</summary>
sealed class LaunchForecast(NpgsqlConnection connection, CampaignForecasts forecasts, ForecastRuns runs)
{
    /// <returns>Null: it is being worked out.</returns>
    public async Task<Message?> SummaryAsync(Asker asker, StagedCampaign staged, CancellationToken cancellation)
    {
        var (organizationId, key) = (asker.OrganizationId, staged.Campaign.Key);
        if (asker.PersonId is not { } personId) return ForecastText.Of(await forecasts.RunAsync(organizationId, key, cancellation: cancellation));
        if (await runs.LatestAsync(connection, organizationId, key, personId) is { } summary) return summary;
        await runs.RequestAsync(connection, organizationId, key, personId, cancellation);
        return null;
    }
}
