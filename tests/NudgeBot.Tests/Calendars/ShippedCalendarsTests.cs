using NodaTime;
using NudgeBot.Calendars;

namespace NudgeBot.Tests.Calendars;

public class ShippedCalendarsTests
{
    static readonly WorkCalendars Calendars = new(Shipped.Content.Calendars);

    [Fact]
    public void Are_all_well_formed() => Calendars.Errors.ShouldBeEmpty();

    [Fact]
    public void Are_those_of_seven_countries() => Calendars.Countries.Order().ShouldBe(["AE", "DE", "FR", "GB", "IL", "IN", "US"]);

    [Theory]
    [InlineData("DE", "2027-03-26")] // Good Friday
    [InlineData("DE", "2027-05-06")] // Ascension Day
    [InlineData("FR", "2027-07-14")]
    [InlineData("GB", "2026-12-28")] // for Boxing Day, a Saturday
    [InlineData("GB", "2027-08-30")]
    [InlineData("IL", "2027-10-11")] // Yom Kippur
    [InlineData("IL", "2027-01-08")] // a Friday
    [InlineData("IN", "2027-01-26")]
    [InlineData("US", "2026-07-03")] // for Independence Day, a Saturday
    [InlineData("US", "2026-11-26")] // Thanksgiving
    [InlineData("AE", "2026-12-02")]
    public void Are_free_on(string country, string date) => Calendars.For(country).IsWorkingDay(Date(date)).ShouldBeFalse();

    [Theory]
    [InlineData("FR", "2027-03-26")] // Good Friday is a holiday in Alsace-Moselle only
    [InlineData("IL", "2027-01-10")] // a Sunday
    [InlineData("US", "2027-07-14")]
    [InlineData("DE", "2027-07-05")]
    public void Work_on(string country, string date) => Calendars.For(country).IsWorkingDay(Date(date)).ShouldBeTrue();

    [Theory]
    [InlineData("DE", "2027-03-26", "2027-03-30")] // over Easter
    [InlineData("GB", "2027-12-24", "2027-12-29")] // over Christmas and its substitute days
    public void Go_on_after(string country, string date, string next) => Calendars.For(country).NextWorkingDay(Date(date)).ShouldBe(Date(next));

    static LocalDate Date(string iso) => NodaTime.Text.LocalDatePattern.Iso.Parse(iso).Value;
}
