using NodaTime;
using NudgeBot.Calendars;
using NudgeBot.Files;

namespace NudgeBot.Tests.Calendars;

public sealed class WorkCalendarsTests : IDisposable
{
    const string Written = """
        country: XA
        name: Invented
        source: this test
        weekend: [friday, saturday]
        holidays:
          - {date: 2027-01-06, name: A Wednesday}
        """;

    readonly string folder = Directory.CreateTempSubdirectory("nudgebot-calendars-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Knows_a_countrys_weekend_and_holidays()
    {
        var calendar = Reading("XA", Written).For("xa");
        calendar.IsWorkingDay(new LocalDate(2027, 1, 3)).ShouldBeTrue("a Sunday");
        calendar.IsWorkingDay(new LocalDate(2027, 1, 8)).ShouldBeFalse("a Friday");
        calendar.IsWorkingDay(new LocalDate(2027, 1, 6)).ShouldBeFalse("the holiday");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("ZZ")]
    public void Assumes_a_free_saturday_and_sunday_for_countries_without_a_file(string? country) =>
        Reading("XA", Written).For(country).ShouldBe(WorkCalendar.WithoutFile);

    [Theory]
    [InlineData("country: XA", "country: XB", 1, 10, "country: 'XB' stands in the file XA.yaml; the two must agree.")]
    [InlineData("country: XA", "country: xa", 1, 10, "country: 'xa' must be two capital letters, like DE.")]
    [InlineData("source: this test", "origin: x", 3, 1, "'origin' is not known here. Known: country, name, source, weekend, holidays.")]
    [InlineData("friday", "fridy", 4, 11, "weekend: 'fridy' is not one of: monday, tuesday, wednesday, thursday, friday, saturday, sunday. Did you mean 'friday'?")]
    [InlineData("[friday, saturday]", "[monday, tuesday, friday, saturday]", 4, 10, "weekend: has 4 entries; at most 3 are allowed.")]
    [InlineData("2027-01-06", "2027-13-06", 6, 12, "date: '2027-13-06' is not a date like 2027-01-11.")]
    [InlineData(", name: A Wednesday", "", 6, 5, "holidays: 'name' is missing.")]
    public void Says_what_is_wrong_and_where(string text, string instead, int line, int column, string message)
    {
        var calendars = Reading("XA", Written.Replace(text, instead));
        calendars.Errors.ShouldContain(new FileError(line, column, message) { File = "calendars/XA.yaml" });
        calendars.For("XA").ShouldBe(WorkCalendar.WithoutFile);
    }

    WorkCalendars Reading(string country, string yaml)
    {
        File.WriteAllText(Path.Combine(folder, $"{country}.yaml"), yaml);
        return new WorkCalendars(folder);
    }
}
