using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Forecasting;

namespace NudgeBot.Web.Terminal;

static class ForecastCommand
{
    /// <summary>Worked out here and now, while a bar shows how far it is.</summary>
    public static async Task<int> RunAsync(Installation installation, CampaignRequest.Forecast request, CancellationToken stop)
    {
        Task<CampaignForecast> ForeseeAsync(Action<ForeseenMessage>? each) => ProgressBar.ShowAsync(progress =>
            installation.Product.Forecasts.RunAsync(installation.OrganizationId, request.Key, progress: progress, each: each, cancellation: stop));

        var forecast = request.Csv is { } folder ? await ForecastFiles.WriteAsync(folder, ForeseeAsync) : await ForeseeAsync(each: null);
        Console.WriteLine(PlainText.Of(ForecastText.Of(forecast)));
        if (request.Csv is not null) Console.WriteLine($"\nWritten to {request.Csv}: {ForecastFiles.Names}");
        return 0;
    }
}
