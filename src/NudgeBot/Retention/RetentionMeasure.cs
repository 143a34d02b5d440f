using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;

namespace NudgeBot.Retention;

/// <summary>Retention of a campaign, week by week after day 0, in total and by groups. The definitions are product.md [9]'s.</summary>
public sealed class RetentionMeasure(NpgsqlDataSource database, ProductClock clock)
{
    /// <summary>The bitmaps end with day 127.</summary>
    public const int MostWeeks = 18;

    /// <param name="completeTo">Null: what the feeds say, or yesterday where self-reports are all there is.</param>
    public async Task<RetentionReport> RunAsync(
        int organizationId, string campaignKey, IReadOnlyList<Grouping> groupings, int weeks, LocalDate? completeTo = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weeks, MostWeeks);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var campaign = await connection.QuerySingleOrDefaultAsync<(int Id, string Tool)?>(
            "select id, tool from campaigns where organization_id = @organizationId and key = @campaignKey", new { organizationId, campaignKey })
            ?? throw new UnknownCampaignException(campaignKey);
        var feedsCompleteTo = await connection.QuerySingleAsync<LocalDate?>(
            "select min(complete_to) from usage_feeds where organization_id = @organizationId and tool = @tool", new { organizationId, campaign.Tool });
        var source = feedsCompleteTo is null ? UsageSource.Self : UsageSource.Telemetry;
        var until = completeTo ?? feedsCompleteTo ?? await YesterdayEverywhereAsync(connection, organizationId);

        var rows = new List<RetentionRow>();
        var bySegment = await WeekCounts.ByAsync<int>(connection, organizationId, campaign.Id, "segment_id", source, weeks, until);
        var segments = (await connection.QueryAsync<Segment>("select id, role, team, location from segments where organization_id = @organizationId", new { organizationId }))
            .ToDictionary(segment => segment.Id);
        foreach (var grouping in groupings)
        {
            rows.AddRange(grouping switch
            {
                Grouping.All => Total(bySegment, weeks),
                Grouping.Role => Grouped(grouping, bySegment, key => segments[key].Role, weeks),
                Grouping.Team => Grouped(grouping, bySegment, key => segments[key].Team, weeks),
                Grouping.Location => Grouped(grouping, bySegment, key => segments[key].Location, weeks),
                Grouping.Entry => Grouped(grouping, await By("coalesce(entry, '')"), key => key, weeks).Where(row => row.Value.Length > 0),
                Grouping.Arm => Grouped(grouping, await By("arm"), key => key, weeks),
                Grouping.Cohort => Grouped(grouping, await By("date_trunc('week', day_zero)::date::text"), key => key, weeks),
            });
        }
        return new RetentionReport(source, completeTo ?? feedsCompleteTo, rows);

        Task<IReadOnlyList<(string, Cell[])>> By(string keySql) => WeekCounts.ByAsync<string>(connection, organizationId, campaign.Id, keySql, source, weeks, until);
    }

    static RetentionRow[] Total<TKey>(IReadOnlyList<(TKey Key, Cell[] Weeks)> counts, int weeks) =>
        [new RetentionRow(Grouping.All, "all", [.. Enumerable.Range(0, weeks).Select(week => SmallGroups.Hide([Sum(counts.Select(c => c.Weeks[week]))])[0])])];

    static IEnumerable<RetentionRow> Grouped<TKey>(Grouping grouping, IReadOnlyList<(TKey Key, Cell[] Weeks)> counts, Func<TKey, string> value, int weeks)
    {
        var values = counts.GroupBy(count => value(count.Key)).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var shown = Enumerable.Range(0, weeks)
            .Select(week => SmallGroups.Hide([.. values.Select(group => Sum(group.Select(count => count.Weeks[week])))]))
            .ToList();
        return values.Select((group, index) => new RetentionRow(grouping, group.Key, [.. shown.Select(week => week[index])]));
    }

    static Cell? Sum(IEnumerable<Cell> cells)
    {
        var sum = cells.Aggregate(new Cell(0, 0), (a, b) => new Cell(a.AtRisk + b.AtRisk, a.Active + b.Active));
        return sum.AtRisk == 0 ? null : sum;
    }

    /// <summary>The last date that is over for all: self-reports have no feed that would say how far they reach.</summary>
    async Task<LocalDate> YesterdayEverywhereAsync(NpgsqlConnection connection, int organizationId)
    {
        var zones = await connection.QueryAsync<string>("select distinct time_zone from persons where organization_id = @organizationId", new { organizationId });
        return zones.Select(zone => clock.Now.InZone(DateTimeZoneProviders.Tzdb[zone]).Date).DefaultIfEmpty(clock.Now.InUtc().Date).Min().PlusDays(-1);
    }

    sealed record Segment
    {
        public int Id { get; init; }
        public string Role { get; init; } = "";
        public string Team { get; init; } = "";
        public string Location { get; init; } = "";
    }
}
