using NodaTime;
using NudgeBot.Web.Playground.Invented;

namespace NudgeBot.Web.Tests.Playground;

public class InventedMomentsTests
{
    [Theory]
    [InlineData("2026-09-14T08:00:00Z", "Europe/Berlin")]
    [InlineData("2026-09-18T14:59:00Z", "Europe/Berlin")] // a Friday
    [InlineData("2026-10-23T17:00:00Z", "America/Los_Angeles")]
    [InlineData("2026-10-02T06:59:00Z", "Australia/Sydney")] // before the clocks change
    public void Answers_come_within_26_hours_on_a_working_day_between_8_and_20(string written, string zoneId)
    {
        var came = NodaTime.Text.InstantPattern.General.Parse(written).Value;
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        var answers = Enumerable.Range(0, 500).Select(number => Moments.After(came, zone, $"person {number}")).ToList();

        answers.ShouldAllBe(at => at - came >= Duration.FromMinutes(14) && at - came <= Duration.FromHours(26));
        answers.Select(at => at.InZone(zone)).ShouldAllBe(at =>
            at.Hour >= 8 && at.Hour < 20 && at.DayOfWeek != IsoDayOfWeek.Saturday && at.DayOfWeek != IsoDayOfWeek.Sunday);
        answers.Distinct().Count().ShouldBeGreaterThan(100);
    }

    [Fact]
    public void The_same_question_has_the_same_moment() =>
        Moments.After(InventedCompany.OpensAt, DateTimeZone.Utc, "Anna").ShouldBe(Moments.After(InventedCompany.OpensAt, DateTimeZone.Utc, "Anna"));
}
