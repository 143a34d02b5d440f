using NodaTime;
using NudgeBot.Usage;

namespace NudgeBot.Tests.Usage;

public class UsageBitmapTests
{
    sealed record Enrollment(string Email, LocalDate DayZero, long TelemetryBefore, long TelemetryDays, long TelemetryDays2);

    static Task<Enrollment[]> EnrollmentsAsync(Company company, string tool) => company.ListAsync<Enrollment>($"""
        select p.email, day_zero, telemetry_before, telemetry_days, telemetry_days_2
        from enrollments e join persons p on p.id = e.person_id join campaigns c on c.id = e.campaign_id
        where tool = '{tool}' and day_zero is not null order by 1, 2
        """);

    [Fact]
    public async Task Bitmaps_hold_what_the_rows_say()
    {
        await using var company = await Company.CreateAsync(now: "2026-12-31T12:00:00Z");
        var people = Enumerable.Range(0, 12).Select(i => $"p{i:00}@example.com").ToArray();
        await company.ImportPeopleAsync("email,time_zone\n" + string.Join('\n', people.Select(p => $"{p},Europe/Berlin")));
        var random = new Random(1);
        var firstDay = new LocalDate(2026, 1, 1);
        foreach (var person in people)
        {
            await company.EnrollAsync(person, firstDay.PlusDays(random.Next(40, 120)));
            await company.EnrollAsync(person, firstDay.PlusDays(random.Next(100, 200)));
            await company.EnrollAsync(person, dayZero: null);
        }
        var rows = people.SelectMany(person => Enumerable.Range(0, 364)
            .Where(_ => random.Next(3) == 0)
            .Select(day => new UsageRow(person, firstDay.PlusDays(day)))).ToArray();
        random.Shuffle(rows);

        foreach (var part in rows.Chunk(rows.Length / 3)) await company.ImportUsageAsync(UsageFormat.Csv, part.Concat(rows.Take(50)));

        var used = rows.Select(r => (r.Identity, r.Day)).ToHashSet();
        var enrollments = await EnrollmentsAsync(company, "copilot");
        enrollments.Length.ShouldBe(24);
        foreach (var enrollment in enrollments)
        {
            var days = new ActiveDays(enrollment.DayZero, enrollment.TelemetryBefore, enrollment.TelemetryDays, enrollment.TelemetryDays2);
            for (var offset = -70; offset < 135; offset++)
            {
                var day = enrollment.DayZero.PlusDays(offset);
                var expected = offset is >= ActiveDays.FirstDay and <= ActiveDays.LastDay && used.Contains((enrollment.Email, day));
                days.Count(day, day).ShouldBe(expected ? 1 : 0, $"{enrollment.Email}, day {offset}");
            }
        }
        (await company.QueryAsync<long>("select count(*) from enrollments where day_zero is null and (telemetry_before, telemetry_days, telemetry_days_2) <> (0, 0, 0)")).ShouldBe(0);
    }

    [Theory]
    [InlineData(-65, 0, 0, 0)]
    [InlineData(-64, long.MinValue, 0, 0)]
    [InlineData(-1, 1, 0, 0)]
    [InlineData(0, 0, 1, 0)]
    [InlineData(63, 0, long.MinValue, 0)]
    [InlineData(64, 0, 0, 1)]
    [InlineData(127, 0, 0, long.MinValue)]
    [InlineData(128, 0, 0, 0)]
    public async Task Each_date_has_its_bit(int offset, long before, long days, long days2)
    {
        await using var company = await Company.CreateAsync(now: "2026-12-31T12:00:00Z");
        await company.ImportPeopleAsync("email,time_zone\nanna@example.com,Europe/Berlin");
        var dayZero = new LocalDate(2026, 5, 1);
        await company.EnrollAsync("anna@example.com", dayZero);
        await company.EnrollAsync("anna@example.com", dayZero, tool: "cursor");

        await company.ImportUsageAsync(UsageFormat.Csv, [new UsageRow("anna@example.com", dayZero.PlusDays(offset))]);

        (await EnrollmentsAsync(company, "copilot")).ShouldBe([new Enrollment("anna@example.com", dayZero, before, days, days2)]);
        (await EnrollmentsAsync(company, "cursor")).ShouldBe([new Enrollment("anna@example.com", dayZero, 0, 0, 0)]);
    }
}
