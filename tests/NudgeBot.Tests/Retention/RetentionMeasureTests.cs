using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Retention;

namespace NudgeBot.Tests.Retention;

public class RetentionMeasureTests
{
    static readonly LocalDate DayZero = new(2026, 1, 5);

    /// <summary>Five alike, so that their figure is shown.</summary>
    static IReadOnlyList<MeasuredPerson> Five(params int[] usedOnDays) => [.. Enumerable.Range(0, 5).Select(i => new MeasuredPerson($"p{i}@example.com")
    {
        DayZero = DayZero,
        Telemetry = usedOnDays.Select(DayZero.PlusDays).ToHashSet(),
    })];

    static Task<RetentionReport> RunAsync(
        MeasuredCompany company, Grouping[] groupings, int weeks = RetentionMeasure.MostWeeks, LocalDate? completeTo = null) =>
        company.Retention.RunAsync(company.Company.Id, MeasuredCompany.Campaign, groupings, weeks, completeTo, TestContext.Current.CancellationToken);

    static async Task<IReadOnlyList<Cell?>> TotalAsync(MeasuredCompany company, LocalDate? completeTo = null) =>
        (await RunAsync(company, [Grouping.All], completeTo: completeTo)).Rows.ShouldHaveSingleItem().Weeks;

    [Theory]
    [InlineData(1, UsageSource.Telemetry, 60)]
    [InlineData(2, UsageSource.Telemetry, 150)]
    [InlineData(3, UsageSource.Telemetry, 300)]
    [InlineData(4, UsageSource.Self, 100)]
    public async Task Agrees_with_the_day_rows_in_every_grouping(int seed, UsageSource source, int completeDays)
    {
        var people = RandomPeople.Of(seed);
        var until = RandomPeople.Start.PlusDays(completeDays);
        await using var company = await MeasuredCompany.CreateAsync(people, source == UsageSource.Telemetry ? until : null);

        var report = await RunAsync(company, Enum.GetValues<Grouping>(), completeTo: source == UsageSource.Self ? until : null);

        report.Source.ShouldBe(source);
        report.CompleteTo.ShouldBe(until);
        var hidden = 0;
        foreach (var grouping in Enum.GetValues<Grouping>())
        {
            var expected = SlowRetention.Rows(people, grouping, source, RetentionMeasure.MostWeeks, until);
            var actual = report.Rows.Where(row => row.Grouping == grouping).ToList();
            actual.Select(row => row.Value).ShouldBe(expected.Select(row => row.Value));
            foreach (var (row, slow) in actual.Zip(expected)) row.Weeks.ShouldBe(slow.Weeks, $"{grouping} {row.Value}");
            hidden += expected.Sum(row => row.Weeks.Count(cell => cell is null));
        }
        hidden.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(8, 2)]
    [InlineData(62, 9)]
    [InlineData(63, 9)]
    [InlineData(64, 10)]
    [InlineData(70, 10)]
    [InlineData(71, 11)]
    [InlineData(126, 18)]
    [InlineData(127, 0)]
    public async Task Each_day_belongs_to_its_week_also_where_the_bitmaps_meet(int day, int week)
    {
        await using var company = await MeasuredCompany.CreateAsync(Five(day), DayZero.PlusDays(200));

        (await TotalAsync(company)).Select(cell => cell!.Value.Active).ShouldBe(Enumerable.Range(1, 18).Select(w => w == week ? 5 : 0));
    }

    [Fact]
    public async Task No_data_yet_is_not_the_same_as_not_used()
    {
        await using var company = await MeasuredCompany.CreateAsync(Five(3), DayZero.PlusDays(14));

        (await TotalAsync(company)).Take(3).ShouldBe([new Cell(5, 5), new Cell(5, 0), null]);
        (await TotalAsync(company, completeTo: DayZero.PlusDays(13))).Take(3).ShouldBe([new Cell(5, 5), null, null]);
    }

    [Fact]
    public async Task Of_two_feeds_the_one_behind_says_what_is_complete()
    {
        await using var company = await MeasuredCompany.CreateAsync(Five(3), DayZero.PlusDays(100));
        await company.AddFeedAsync("github-copilot", DayZero.PlusDays(20));
        await company.AddFeedAsync("csv", DayZero.PlusDays(2), tool: "cursor");

        (await TotalAsync(company)).Take(3).ShouldBe([new Cell(5, 5), new Cell(5, 0), null]);
    }

    [Fact]
    public async Task Who_left_is_out_from_that_date()
    {
        var people = Five(3).Select(person => person with { LeftOn = DayZero.PlusDays(15) }).ToList();
        await using var company = await MeasuredCompany.CreateAsync(
            [.. people, .. people.Select(person => person with { Email = $"x{person.Email}", LeftOn = DayZero.PlusDays(14) })], DayZero.PlusDays(100));

        (await TotalAsync(company)).Take(3).ShouldBe([new Cell(10, 10), new Cell(5, 0), null]);
    }

    [Fact]
    public async Task Without_a_feed_self_reports_count_to_the_date_that_is_over_everywhere()
    {
        var people = Five(3).Select(person => person with { SelfReports = new HashSet<LocalDate> { DayZero.PlusDays(9) } }).ToList();
        people[0] = people[0] with { TimeZone = "Pacific/Honolulu" };
        // Day 14 is over in Berlin, and in Honolulu it has an hour to go; then it is over there too.
        foreach (var (now, expected) in new[] { ("2026-01-20T09:00:00Z", (Cell?)null), ("2026-01-20T10:00:00Z", new Cell(5, 5)) })
        {
            await using var company = await MeasuredCompany.CreateAsync(people, completeTo: null, now);

            var report = await RunAsync(company, [Grouping.All], weeks: 3);

            report.Source.ShouldBe(UsageSource.Self);
            report.CompleteTo.ShouldBeNull();
            report.Rows[0].Weeks.ShouldBe([new Cell(5, 0), expected, null]);
        }
    }

    [Fact]
    public async Task Another_organization_sees_nothing_of_it()
    {
        await using var company = await MeasuredCompany.CreateAsync(Five(3), DayZero.PlusDays(100));
        var other = await company.Company.QueryAsync<int>("insert into organizations (name, created_at) values ('Other', '2026-01-01') returning id");

        await Should.ThrowAsync<UnknownCampaignException>(() => company.Retention.RunAsync(other, MeasuredCompany.Campaign, [Grouping.All], 1));
        await Should.ThrowAsync<UnknownCampaignException>(() => company.Adoption.RunAsync(other, MeasuredCompany.Campaign));
    }
}
