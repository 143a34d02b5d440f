using Dapper;
using NodaTime;
using NudgeBot.Nudging;
using NudgeBot.Usage;

namespace NudgeBot.Web.Playground.Invented;

/// <summary>
/// The feed of the invented people's use: on every morning it tells the date before. Nothing is kept but how far it has told, so after any
/// interruption it tells all the dates that are missing.
/// </summary>
sealed class InventedFeed(NudgingProduct product, int organizationId)
{
    static readonly LocalTime ToldAt = new(7, 30);
    static readonly LocalDate FirstDate = InventedCompany.Start.PlusWeeks(-8);

    /// <summary>When the next date is told; null while there is no campaign to tell it for.</summary>
    public async Task<Instant?> NextMomentAsync() => await FindAsync() is { } feed ? MomentOf(feed.FirstUntold) : null;

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (await FindAsync() is not { } feed) return;
        var last = product.Clock.Now.InUtc().Date.PlusDays(-1);
        if (MomentOf(last) > product.Clock.Now) last = last.PlusDays(-1);
        if (last < feed.FirstUntold) return;

        var people = await ReadAsync();
        var rows =
            from day in Enumerable.Range(0, Period.DaysBetween(feed.FirstUntold, last) + 1).Select(feed.FirstUntold.PlusDays)
            from person in people
            where Uses(person, day)
            select new UsageRow(person.Email, day, Habits.Sessions(InventedData.Shipped.People[person.Email], day));
        await product.UsageImport.RunAsync(organizationId, feed.Tool, UsageFormat.Csv, rows.ToAsyncEnumerable(), completeTo: last, stop: cancellation);
    }

    bool Uses(Row person, LocalDate day)
    {
        var dayZero = LocalDate.Max(InventedCompany.Start, person.LicensedSince ?? InventedCompany.Start);
        return person.Use switch
        {
            "daily" => day.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday),
            "none" => false,
            _ => Habits.Uses(InventedData.Shipped.People[person.Email], dayZero, product.Schedules.For(person.TimeZone, person.Country, SendingWindow.Default).Calendar, day),
        };
    }

    static Instant MomentOf(LocalDate told) => (told.PlusDays(1) + ToldAt).InUtc().ToInstant();

    /// <summary>Of the campaign that the demo began with; visitors make others.</summary>
    async Task<Feed?> FindAsync()
    {
        await using var connection = await product.Database.OpenConnectionAsync();
        var found = await connection.QuerySingleOrDefaultAsync<(string Tool, LocalDate? CompleteTo)?>("""
            select c.tool, f.complete_to
            from campaigns c
            left join usage_feeds f on f.organization_id = c.organization_id and f.tool = c.tool and f.format = 'csv'
            where c.organization_id = @organizationId
            order by c.id
            limit 1
            """, new { organizationId });
        return found is var (tool, completeTo) ? new Feed(tool, completeTo?.PlusDays(1) ?? FirstDate) : null;
    }

    async Task<IReadOnlyList<Row>> ReadAsync()
    {
        await using var connection = await product.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<Row>("""
            select p.email, p.time_zone, p.country, p.licensed_since, coalesce(pp.use, 'invented') as use
            from persons p left join playground_people pp on pp.person_id = p.id
            where p.organization_id = @organizationId and p.email = any(@invented)
            order by p.email
            """, new { organizationId, invented = InventedData.Shipped.People.Keys.ToArray() })).AsList();
    }

    sealed record Feed(string Tool, LocalDate FirstUntold);

    sealed record Row
    {
        public string Email { get; init; } = "";
        public string TimeZone { get; init; } = "";
        public string? Country { get; init; }
        public LocalDate? LicensedSince { get; init; }
        public string Use { get; init; } = "";
    }
}
