using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;

namespace NudgeBot.Retention;

/// <summary>A campaign with where its use is known from, and how far: telemetry where there is a feed of its tool, else self-reports.</summary>
/// <param name="Until">The last date that is measured.</param>
/// <param name="CompleteTo">The last date of which everything is known, as a feed or the caller says; null: nothing has come in yet.</param>
sealed record MeasuredCampaign(int Id, string Tool, UsageSource Source, LocalDate Until, LocalDate? CompleteTo)
{
    /// <param name="completeTo">Null: what the feeds say, or yesterday where self-reports are all there is.</param>
    /// <exception cref="UnknownCampaignException"/>
    public static async Task<MeasuredCampaign> FindAsync(
        NpgsqlConnection connection, ProductClock clock, int organizationId, string campaignKey, LocalDate? completeTo)
    {
        var (id, tool) = await connection.QuerySingleOrDefaultAsync<(int Id, string Tool)?>(
            "select id, tool from campaigns where organization_id = @organizationId and key = @campaignKey", new { organizationId, campaignKey })
            ?? throw new UnknownCampaignException(campaignKey);
        var feedsCompleteTo = await connection.QuerySingleAsync<LocalDate?>(
            "select min(complete_to) from usage_feeds where organization_id = @organizationId and tool = @tool", new { organizationId, tool });
        var known = completeTo ?? feedsCompleteTo;
        return new MeasuredCampaign(
            id, tool, feedsCompleteTo is null ? UsageSource.Self : UsageSource.Telemetry,
            known ?? await YesterdayEverywhereAsync(connection, clock, organizationId), known);
    }

    /// <summary>The last date that is over for all: self-reports have no feed that would say how far they reach.</summary>
    static async Task<LocalDate> YesterdayEverywhereAsync(NpgsqlConnection connection, ProductClock clock, int organizationId)
    {
        var zones = await connection.QueryAsync<string>("select distinct time_zone from persons where organization_id = @organizationId", new { organizationId });
        return zones.Select(zone => clock.Now.InZone(DateTimeZoneProviders.Tzdb[zone]).Date).DefaultIfEmpty(clock.Now.InUtc().Date).Min().PlusDays(-1);
    }
}
