using System.Text.Json.Nodes;
using NudgeBot.Forecasting;

namespace NudgeBot.Bench;

/// <summary>The forecast of <c>first-60-days</c> for 100,000 people, reading included: before the campaign starts, and when everybody is in it.</summary>
static class ForecastBench
{
    public const string Name = "forecast";
    const int People = 100_000;
    const int Days = 60;
    const int MustSeconds = 120;

    public static async Task<JsonObject> RunAsync(CancellationToken cancellation)
    {
        await using var company = await MillionPeople.SettleAsync(People, cancellation);
        var (underWay, messagesUnderWay) = await MeasureAsync(company, "under way", cancellation);
        await company.SecondsAsync("delete from enrollments; update campaigns set state = 'scheduled', started_at = null", cancellation);
        await company.ComeToRestAsync("", cancellation);
        var (toStart, messages) = await MeasureAsync(company, "before the start", cancellation);
        return new JsonObject
        {
            ["bench"] = Name,
            ["people"] = People,
            ["days"] = Days,
            ["messages"] = messages,
            ["messages_under_way"] = messagesUnderWay,
            ["seconds"] = Report.Rounded(toStart),
            ["seconds_under_way"] = Report.Rounded(underWay),
            ["must_seconds"] = MustSeconds,
            ["aim_seconds"] = 20,
            ["reached"] = Math.Max(toStart, underWay) < MustSeconds,
        };
    }

    static async Task<(double Seconds, int Messages)> MeasureAsync(MillionPeople company, string when, CancellationToken cancellation)
    {
        Report.Progress($"{Name}, {when} ...");
        CampaignForecast? forecast = null;
        var seconds = await Stopwatches.SecondsAsync(async () =>
            forecast = await company.Product.Forecasts.RunAsync(company.OrganizationId, company.CampaignKey, Days, cancellation: cancellation));
        return (seconds, forecast!.Steps.Sum(step => step.Sent));
    }
}
