using System.Text.Json.Nodes;
using NodaTime;
using NudgeBot.Retention;

namespace NudgeBot.Bench;

/// <summary>Eight weeks of retention by role, team and location, from the enrollments' bitmaps.</summary>
static class RetentionBench
{
    public const string Name = "retention";
    const int Runs = 11;
    const int Weeks = 8;

    /// <summary>So late that week 8 is over for all.</summary>
    static readonly LocalDate CompleteTo = new(2027, 3, 20);

    public static async Task<JsonObject> RunAsync(MillionPeople company, CancellationToken cancellation)
    {
        var campaign = await company.AskAsync<int>("select id from campaigns", cancellation);
        var scan = $"select bit_or(telemetry_days) from enrollments where campaign_id = {campaign}";
        var (report, limit) = await Stopwatches.MediansAsync(Runs,
            () => company.Product.Retention.RunAsync(
                company.OrganizationId, company.CampaignKey, [Grouping.Role, Grouping.Team, Grouping.Location], Weeks, CompleteTo, cancellation),
            () => company.SecondsAsync(scan, cancellation));
        return new JsonObject
        {
            ["bench"] = Name,
            ["enrollments"] = company.Enrollments,
            ["weeks"] = Weeks,
            ["runs"] = Runs,
            ["seconds"] = Report.Rounded(report),
            ["limit"] = "scan of one bigint per enrollment",
            ["limit_seconds"] = Report.Rounded(limit),
            ["ratio"] = Report.Rounded(report / limit),
            ["must"] = 8,
            ["must_seconds"] = 1,
            ["aim"] = 4,
        };
    }
}
