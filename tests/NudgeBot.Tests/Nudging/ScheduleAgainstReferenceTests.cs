using NodaTime;
using NudgeBot.Calendars;
using NudgeBot.Nudging;

namespace NudgeBot.Tests.Nudging;

/// <summary>
/// The schedule against a slow and obvious second implementation, which reads the clocks minute by minute: over two whole years, in
/// zones whose clocks change at other hours, by half an hour, or at midnight.
/// </summary>
public class ScheduleAgainstReferenceTests
{
    static readonly WorkCalendars Calendars = new(Shipped.Content.Calendars);
    static readonly LocalDate First = new(2026, 1, 1);
    static readonly LocalDate Last = new(2027, 12, 31);

    public static TheoryData<string> Zones =>
    [
        "America/New_York", "America/Los_Angeles", "Europe/London", "Europe/Berlin", "Europe/Paris", "Asia/Kolkata", "Asia/Jerusalem", "Asia/Dubai",
        "Australia/Lord_Howe", "America/St_Johns", "Pacific/Auckland", "Africa/Cairo",
    ];

    public static IEnumerable<(LocalTime From, LocalTime To, LocalTime Step)> Windows =>
    [
        (new(9, 0), new(17, 0), new(10, 0)),
        // Through the hours at which clocks change.
        (new(0, 0), new(4, 0), new(2, 30)),
        (new(1, 59), new(23, 59), new(3, 0)),
    ];

    [Theory]
    [MemberData(nameof(Zones))]
    public void Agrees_on_every_date(string zone)
    {
        var calendar = Calendars.For(Schedules.CountryOf(zone, null));
        foreach (var (from, to, at) in Windows)
        {
            var schedule = new Schedule(DateTimeZoneProviders.Tzdb[zone], calendar, new SendingWindow(from, to));
            var slow = new SlowSchedule(schedule.Zone, calendar, from, to);
            for (var date = First; date <= Last; date = date.PlusDays(1))
            {
                var why = $"{zone} {date} {from}-{to}";
                schedule.Plan(date, at, null, Instant.MinValue).ShouldBe(slow.Plan(date, at, null, Instant.MinValue), why);
                schedule.Plan(date, at, date.PlusDays(1), Instant.MinValue).ShouldBe(slow.Plan(date, at, date.PlusDays(1), Instant.MinValue), why);
                foreach (var hours in new[] { -13, -3, 1, 9, 21, 60 })
                {
                    var now = schedule.At(date, at) + Duration.FromHours(hours);
                    schedule.Plan(date, at, null, now).ShouldBe(slow.Plan(date, at, null, now), why);
                    schedule.Allows(now).ShouldBe(slow.Allows(now), why);
                    schedule.NextAllowed(now).ShouldBe(slow.NextAllowed(now), why);
                    schedule.NextTry(now, at).ShouldBe(slow.NextTry(now, at), why);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void Turns_every_quarter_of_an_hour_around_a_change_of_the_clocks_into_the_first_moment_that_has_it(string zone)
    {
        var tz = DateTimeZoneProviders.Tzdb[zone];
        var schedule = new Schedule(tz, WorkCalendar.WithoutFile, SendingWindow.Default);
        var slow = new SlowSchedule(tz, WorkCalendar.WithoutFile, new(9, 0), new(17, 0));
        var changes = tz.GetZoneIntervals(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2028, 1, 1, 0, 0)).Skip(1).Select(interval => interval.Start.InZone(tz).Date);
        foreach (var date in changes)
        {
            for (var quarter = 0; quarter < 96; quarter++)
            {
                var time = LocalTime.Midnight.PlusMinutes(15 * quarter);
                schedule.At(date, time).ShouldBe(slow.At(date, time), $"{zone} {date} {time}");
            }
        }
    }

    /// <summary>No time-zone arithmetic: what the clocks show is asked for one minute after the other.</summary>
    sealed class SlowSchedule(DateTimeZone zone, WorkCalendar calendar, LocalTime from, LocalTime to)
    {
        /// <summary>The first minute of the date at which the clocks show the time or more.</summary>
        public Instant At(LocalDate date, LocalTime time)
        {
            var minute = date.AtMidnight().InUtc().ToInstant() - Duration.FromHours(15);
            // Far from a change of the clocks the offset of a day before holds; near one, every minute is looked at.
            var guess = (date + time).WithOffset(zone.GetUtcOffset(minute)).ToInstant();
            if (zone.GetUtcOffset(guess + Duration.FromHours(30)) == zone.GetUtcOffset(minute)) return guess;
            while (minute.InZone(zone).LocalDateTime < date + time) minute += Duration.FromMinutes(1);
            return minute;
        }

        bool Works(LocalDate date) => !calendar.Weekend.Contains(date.DayOfWeek) && !calendar.Holidays.ContainsKey(date);

        LocalDate WorkingDay(LocalDate date)
        {
            while (!Works(date)) date = date.PlusDays(1);
            return date;
        }

        public PlannedMoment Plan(LocalDate earliest, LocalTime time, LocalDate? previous, Instant floor)
        {
            var date = earliest;
            if (previous is { } before && date <= before) date = before.PlusDays(1);
            date = WorkingDay(date);
            var at = At(date, time);
            if (at < floor && Allows(floor)) at = floor;
            while (at < floor)
            {
                date = WorkingDay(date.PlusDays(1));
                at = At(date, time);
            }
            date = at.InZone(zone).Date;
            var last = WorkingDay(WorkingDay(WorkingDay(date.PlusDays(1)).PlusDays(1)).PlusDays(1));
            return new PlannedMoment(date, at, At(last, to));
        }

        public bool Allows(Instant instant)
        {
            var date = instant.InZone(zone).Date;
            return Works(date) && instant >= At(date, from) && instant < At(date, to);
        }

        public Instant NextAllowed(Instant instant)
        {
            if (Allows(instant)) return instant;
            for (var date = instant.InZone(zone).Date; ; date = date.PlusDays(1))
                if (Works(date) && At(date, from) >= instant) return At(date, from);
        }

        public Instant NextTry(Instant now, LocalTime time) => At(WorkingDay(now.InZone(zone).Date.PlusDays(1)), time);
    }
}
