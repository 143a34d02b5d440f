using NodaTime;
using NodaTime.Text;
using NudgeBot.Calendars;
using NudgeBot.Nudging;

namespace NudgeBot.Tests.Nudging;

/// <summary>The rules of planned moments by hand, with dates that can be looked up.</summary>
public class ScheduleTests
{
    static readonly Schedule Berlin = For("Europe/Berlin");

    static Schedule For(string zone, SendingWindow? window = null) =>
        new Schedules(new WorkCalendars(Shipped.Content.Calendars)).For(zone, null, window ?? SendingWindow.Default);

    static Instant Utc(string text) => InstantPattern.General.Parse(text).Value;

    static PlannedMoment Plan(LocalDate date, Instant? floor = null, LocalDate? previous = null) =>
        Berlin.Plan(date, new LocalTime(10, 0), previous, floor ?? Instant.MinValue);

    [Theory]
    // New York, 8 March 2026: 02:00 becomes 03:00.
    [InlineData("America/New_York", 2026, 3, 8, 2, 30, "2026-03-08T07:00:00Z")]
    // New York, 1 November 2026: 01:30 comes twice.
    [InlineData("America/New_York", 2026, 11, 1, 1, 30, "2026-11-01T05:30:00Z")]
    // Lord Howe, 4 October 2026: 02:00 becomes 02:30.
    [InlineData("Australia/Lord_Howe", 2026, 10, 4, 2, 10, "2026-10-03T15:30:00Z")]
    // Lord Howe, 5 April 2026: 01:30 to 02:00 comes twice.
    [InlineData("Australia/Lord_Howe", 2026, 4, 5, 1, 45, "2026-04-04T14:45:00Z")]
    // Cairo, 24 April 2026: midnight becomes 01:00.
    [InlineData("Africa/Cairo", 2026, 4, 24, 0, 0, "2026-04-23T22:00:00Z")]
    public void A_time_that_is_skipped_is_the_end_of_the_gap_and_one_that_comes_twice_is_the_first(
        string zone, int year, int month, int day, int hour, int minute, string utc) =>
        For(zone).At(new LocalDate(year, month, day), new LocalTime(hour, minute)).ShouldBe(Utc(utc));

    [Fact]
    public void Ten_oclock_stays_ten_oclock_when_the_clocks_change()
    {
        // Friday before, and Monday after 29 March 2026.
        Plan(new(2026, 3, 27)).At.ShouldBe(Utc("2026-03-27T09:00:00Z"));
        Plan(new(2026, 3, 30)).At.ShouldBe(Utc("2026-03-30T08:00:00Z"));
    }

    [Fact]
    public void Moves_over_weekend_and_holidays()
    {
        // Good Friday is 3 April 2026, Easter Monday the 6th.
        Plan(new(2026, 4, 3)).Date.ShouldBe(new LocalDate(2026, 4, 7));
    }

    [Fact]
    public void Moves_to_the_day_after_the_step_before() =>
        Plan(new(2026, 3, 10), previous: new LocalDate(2026, 3, 12)).Date.ShouldBe(new LocalDate(2026, 3, 13));

    [Fact]
    public void The_last_chance_is_the_end_of_the_window_on_the_third_working_day_after() =>
        Plan(new(2026, 4, 2)).LastChance.ShouldBe(Utc("2026-04-09T15:00:00Z"));

    [Fact]
    public void Day_0_reached_after_its_moment_is_at_once_inside_the_window()
    {
        var now = Utc("2026-03-09T12:34:00Z");
        Plan(new(2026, 3, 9), now).ShouldBe(new PlannedMoment(new(2026, 3, 9), now, Utc("2026-03-12T16:00:00Z")));
    }

    [Fact]
    public void Day_0_reached_after_the_window_is_the_next_working_day_at_the_steps_time()
    {
        var moment = Plan(new(2026, 3, 6), Utc("2026-03-06T16:00:00Z"));
        (moment.Date, moment.At).ShouldBe((new LocalDate(2026, 3, 9), Utc("2026-03-09T09:00:00Z")));
    }

    [Fact]
    public void Day_0_reached_before_the_window_waits_for_the_steps_time()
    {
        var moment = Plan(new(2026, 3, 9), Utc("2026-03-10T06:00:00Z"));
        (moment.Date, moment.At).ShouldBe((new LocalDate(2026, 3, 10), Utc("2026-03-10T09:00:00Z")));
    }

    [Fact]
    public void Day_0_reached_on_a_holiday_is_the_next_working_day_at_the_steps_time()
    {
        var moment = Plan(new(2026, 4, 2), Utc("2026-04-03T09:00:00Z"));
        (moment.Date, moment.At).ShouldBe((new LocalDate(2026, 4, 7), Utc("2026-04-07T08:00:00Z")));
    }

    [Fact]
    public void A_floor_before_the_moment_changes_nothing() =>
        Plan(new(2026, 3, 9), Utc("2026-03-09T08:59:00Z")).ShouldBe(Plan(new(2026, 3, 9)));

    [Fact]
    public void The_window_begins_with_its_first_minute_and_is_over_at_its_end()
    {
        Berlin.Allows(Utc("2026-03-09T07:59:00Z")).ShouldBeFalse();
        Berlin.Allows(Utc("2026-03-09T08:00:00Z")).ShouldBeTrue();
        Berlin.Allows(Utc("2026-03-09T15:59:00Z")).ShouldBeTrue();
        Berlin.Allows(Utc("2026-03-09T16:00:00Z")).ShouldBeFalse();
    }

    [Fact]
    public void Friday_is_no_working_day_in_Jerusalem_and_Sunday_is()
    {
        var jerusalem = For("Asia/Jerusalem");
        jerusalem.Plan(new(2026, 3, 13), new(10, 0), null, Instant.MinValue).Date.ShouldBe(new LocalDate(2026, 3, 15));
    }
}
