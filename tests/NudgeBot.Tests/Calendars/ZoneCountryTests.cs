using NudgeBot.Calendars;

namespace NudgeBot.Tests.Calendars;

public class ZoneCountryTests
{
    [Theory]
    [InlineData("Europe/Berlin", "DE")]
    [InlineData("Europe/London", "GB")]
    [InlineData("America/Los_Angeles", "US")]
    [InlineData("Asia/Dubai", "AE")]
    public void Is_the_country_of_the_zone(string zone, string country) => ZoneCountry.Of(zone).ShouldBe(country);

    [Theory]
    [InlineData("Europe/Oslo", "NO")]
    [InlineData("Europe/Amsterdam", "NL")]
    [InlineData("Atlantic/Reykjavik", "IS")]
    public void Is_the_zones_own_when_its_canonical_zone_lies_elsewhere(string zone, string country) => ZoneCountry.Of(zone).ShouldBe(country);

    [Theory]
    [InlineData("Asia/Calcutta", "IN")]
    [InlineData("US/Eastern", "US")]
    [InlineData("Canada/Eastern", "CA")]
    [InlineData("Europe/Kiev", "UA")]
    public void Is_the_canonical_zones_when_the_zone_is_an_old_name(string zone, string country) => ZoneCountry.Of(zone).ShouldBe(country);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("UTC")]
    [InlineData("Etc/UTC")]
    [InlineData("Etc/GMT-3")]
    [InlineData("CET")]
    [InlineData("EST5EDT")]
    [InlineData("Mars/Olympus_Mons")]
    public void Is_unknown_when_the_zone_names_no_place(string? zone) => ZoneCountry.Of(zone).ShouldBeNull();
}
