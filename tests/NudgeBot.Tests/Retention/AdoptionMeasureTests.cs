using NodaTime;
using NudgeBot.Retention;

namespace NudgeBot.Tests.Retention;

public class AdoptionMeasureTests
{
    static readonly LocalDate DayZero = new(2026, 1, 5);

    static Task<AdoptionReport> RunAsync(MeasuredCompany company, LocalDate? completeTo = null) =>
        company.Adoption.RunAsync(company.Company.Id, MeasuredCompany.Campaign, completeTo, TestContext.Current.CancellationToken);

    static HashSet<LocalDate> On(params int[] days) => [.. days.Select(DayZero.PlusDays)];

    static MeasuredPerson[] Five(Func<MeasuredPerson, MeasuredPerson> with, string name = "p") =>
        [.. Enumerable.Range(0, 5).Select(i => with(new MeasuredPerson($"{name}{i}@example.com") { DayZero = DayZero }))];

    static readonly AdoptionReport Nothing = new(UsageSource.Telemetry, null, null, null, null, null, null, []);

    [Theory]
    [InlineData(11, UsageSource.Telemetry, 60)]
    [InlineData(12, UsageSource.Telemetry, 125)]
    [InlineData(13, UsageSource.Telemetry, 210)]
    [InlineData(14, UsageSource.Self, 100)]
    public async Task Agrees_with_the_day_rows(int seed, UsageSource source, int completeDays)
    {
        var people = RandomPeople.Of(seed);
        var until = RandomPeople.Start.PlusDays(completeDays);
        await using var company = await MeasuredCompany.CreateAsync(people, source == UsageSource.Telemetry ? until : null);

        var report = await RunAsync(company, source == UsageSource.Self ? until : null);

        var slow = new SlowAdoption(people, source, until);
        report.Source.ShouldBe(source);
        report.CompleteTo.ShouldBe(until);
        report.Adopted.ShouldBe(slow.Adopted());
        report.Rolling.ShouldBe(slow.Rolling());
        report.ActiveDatesPerActiveWeek!.Value.ShouldBe(slow.Depth(), 1e-12);
        if (source == UsageSource.Self) report.SessionsPerActiveDate.ShouldBeNull();
        else report.SessionsPerActiveDate!.Value.ShouldBe(slow.Sessions(), 1e-12);
        report.AfterNudge.ShouldBe(slow.AfterNudge());
        foreach (var (day, at) in Abandonment.ReportedDays.Zip(report.Abandonment!.Days))
        {
            var expected = slow.Survival(day);
            (at is null).ShouldBe(expected is null, $"day {day}");
            if (at is not null) at.Share.ShouldBe(expected!.Value, 1e-12, $"day {day}");
        }
    }

    [Fact]
    public async Task Rolling_activity_is_of_the_licensed_on_the_last_complete_date()
    {
        var until = DayZero.PlusDays(200); // Later than the bitmaps know.
        await using var company = await MeasuredCompany.CreateAsync(
        [
            .. Five(p => p with { Telemetry = On(173) }, "first-of-28"),
            .. Five(p => p with { Telemetry = On(172, 201) }, "before-and-after"),
            .. Five(p => p with { Telemetry = On(200), IsDone = true }, "journey-done"),
            .. Five(p => p with { Telemetry = On(199), DayZero = until }, "licensed-today"),
            .. Five(p => p with { Telemetry = On(200), DayZero = until.PlusDays(1) }, "licensed-tomorrow"),
            .. Five(p => p with { Telemetry = On(200), DayZero = null }, "waiting"),
            .. Five(p => p with { Telemetry = On(180), LeftOn = until }, "left"),
            .. Five(p => p with { Telemetry = On(180), LeftOn = until.PlusDays(1) }, "leaves-tomorrow"),
            .. Five(p => p with { SelfReports = On(200) }, "self-report"),
        ], until);

        (await RunAsync(company)).Rolling.ShouldBe(new Cell(30, 20));
    }

    [Fact]
    public async Task After_a_nudge_three_complete_dates_count()
    {
        static MeasuredNudge[] Sent(int day) => [new MeasuredNudge("day-3", DayZero.PlusDays(day))];
        await using var company = await MeasuredCompany.CreateAsync(
        [
            .. Five(p => p with { Nudges = Sent(3), Telemetry = On(4) }, "next"),
            .. Five(p => p with { Nudges = Sent(61), Telemetry = On(64) }, "third"),
            .. Five(p => p with { Nudges = Sent(3), Telemetry = On(3, 7) }, "same-and-fourth"),
            .. Five(p => p with { Nudges = Sent(98), Telemetry = On(99) }, "not-complete"),
            .. Five(p => p with { Nudges = Sent(3), Telemetry = On(4), LeftOn = DayZero.PlusDays(6) }, "left-on-third"),
            .. Five(p => p with { Nudges = [new MeasuredNudge("day-3", DayZero.PlusDays(3), "unknown")], Telemetry = On(4) }, "unknown"),
        ], DayZero.PlusDays(100));

        (await RunAsync(company)).AfterNudge.ShouldBe([new StepFollowed("day-3", new Cell(15, 10))]);
    }

    [Fact]
    public async Task Steps_come_in_the_order_of_the_journey_and_small_ones_are_hidden()
    {
        var (third, tenth) = (new MeasuredNudge("day-3", DayZero.PlusDays(3)), new MeasuredNudge("day-10", DayZero.PlusDays(10)));
        await using var company = await MeasuredCompany.CreateAsync(
            Five(p => p with { Nudges = p.Email == "p0@example.com" ? [tenth] : [tenth, third] }),
            DayZero.PlusDays(100));

        (await RunAsync(company)).AfterNudge.ShouldBe([new StepFollowed("day-3", null), new StepFollowed("day-10", new Cell(5, 0))]);
    }

    [Fact]
    public async Task Sessions_are_counted_on_dates_that_have_a_count()
    {
        await using var company = await MeasuredCompany.CreateAsync(
            Five(p => p with
            {
                Telemetry = On(-1, 0, 1, 2, 3, 11),
                Sessions = new Dictionary<LocalDate, int>
                {
                    [DayZero.PlusDays(-1)] = 100,
                    [DayZero] = 2,
                    [DayZero.PlusDays(2)] = 5,
                    [DayZero.PlusDays(11)] = 100,
                },
            }),
            DayZero.PlusDays(10));

        (await RunAsync(company)).SessionsPerActiveDate.ShouldBe(3.5);
    }

    [Fact]
    public async Task Before_anything_is_complete_nothing_is_known()
    {
        await using var company = await MeasuredCompany.CreateAsync(
            Five(p => p with { Telemetry = On(0, 1), Nudges = [new MeasuredNudge("day-0", DayZero)] }), completeTo: DayZero.PlusDays(-1));

        var report = await RunAsync(company);

        report.ShouldBe(Nothing with { CompleteTo = report.CompleteTo, AfterNudge = report.AfterNudge });
        report.AfterNudge.ShouldBeEmpty();
    }

    [Fact]
    public async Task Four_people_are_too_few_for_any_figure()
    {
        var four = Five(p => p with
        {
            Telemetry = On([.. Enumerable.Range(0, 60)]),
            Sessions = On(1, 2).ToDictionary(day => day, _ => 1),
            Nudges = [new MeasuredNudge("day-0", DayZero)],
        })[..4];
        await using var company = await MeasuredCompany.CreateAsync(four, DayZero.PlusDays(60));

        var report = await RunAsync(company);

        report.ShouldBe(Nothing with { CompleteTo = report.CompleteTo, AfterNudge = report.AfterNudge });
        report.AfterNudge.ShouldBe([new StepFollowed("day-0", null)]);
    }
}
