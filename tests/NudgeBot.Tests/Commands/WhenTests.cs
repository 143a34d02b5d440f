using NodaTime;
using NodaTime.Text;
using NudgeBot.Commands;

namespace NudgeBot.Tests.Commands;

public sealed class WhenTests
{
    /// <summary>A Saturday, the last day of a month that is longer than the next.</summary>
    static readonly LocalDate Today = new(2026, 1, 31);

    [Theory]
    [InlineData("2026-12-01", "2026-12-01")]
    [InlineData("today", "2026-01-31")]
    [InlineData("Tomorrow", "2026-02-01")]
    [InlineData("monday", "2026-02-02")]
    [InlineData("next mon", "2026-02-02")]
    [InlineData("saturday", "2026-02-07")]
    [InlineData("in 0 days", "2026-01-31")]
    [InlineData("in 3 days", "2026-02-03")]
    [InlineData("in-1-day", "2026-02-01")]
    [InlineData("in 2 weeks", "2026-02-14")]
    [InlineData("in 1 month", "2026-02-28")]
    [InlineData("in 3 months", "2026-04-30")]
    public void Says_a_date_from_where_the_speaker_is(string said, string date) =>
        LocalDatePattern.Iso.Format(When.Parse(said).ShouldNotBeNull().From(Today)).ShouldBe(date);

    [Theory]
    [InlineData("")]
    [InlineData("2026-02-30")]
    [InlineData("01.12.2026")]
    [InlineData("mo")]
    [InlineData("someday")]
    [InlineData("in days")]
    [InlineData("in -3 days")]
    [InlineData("in 1001 days")]
    [InlineData("in 3 years")]
    [InlineData("next week")]
    public void What_is_no_date_is_none(string said) => When.Parse(said).ShouldBeNull();
}
