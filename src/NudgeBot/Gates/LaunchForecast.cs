using NudgeBot.Chat;
using NudgeBot.Governance;

namespace NudgeBot.Gates;

/// <summary>What is shown of the future before a launch is confirmed. The one place to put a forecast's summary in.</summary>
static class LaunchForecast
{
    /// <returns>Null: there is none, and the launch goes by its other figures.</returns>
    public static Task<Message?> SummaryAsync(Asker asker, StagedCampaign staged, CancellationToken cancellation)
    {
        _ = (asker, staged, cancellation);
        return Task.FromResult<Message?>(null);
    }
}
