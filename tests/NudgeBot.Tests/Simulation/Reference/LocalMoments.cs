using NodaTime;
using NudgeBot.Calendars;

namespace NudgeBot.Tests.Simulation.Reference;

/// <summary>Between the local dates and times of a zone and instants: docs/campaigns.md.</summary>
static class LocalMoments
{
    /// <summary>A time that does not exist becomes the first moment after the gap; of a time that occurs twice, the first.</summary>
    public static Instant At(DateOnly date, LocalTime time, DateTimeZone zone)
    {
        var mapping = zone.MapLocal(LocalDate.FromDateOnly(date).At(time));
        return mapping.Count == 0 ? mapping.EarlyInterval.End : mapping.First().ToInstant();
    }

    public static Instant Midnight(DateOnly date, DateTimeZone zone) => At(date, LocalTime.Midnight, zone);

    public static DateOnly DateOf(Instant instant, DateTimeZone zone) => instant.InZone(zone).Date.ToDateOnly();

    /// <summary>A usage row of a date is known from 00:00 UTC of the next date on.</summary>
    public static Instant KnownFrom(DateOnly usageDate) => Midnight(usageDate.AddDays(1), DateTimeZone.Utc);

    public static string Local(Instant instant, DateTimeZone zone)
    {
        var local = instant.InZone(zone).LocalDateTime;
        return $"{local.Year:0000}-{local.Month:00}-{local.Day:00}T{local.Hour:00}:{local.Minute:00}";
    }

    public static string Utc(Instant instant) =>
        $"{Local(instant, DateTimeZone.Utc)}:{instant.InUtc().Second:00}Z";
}

/// <summary>Counts through one country's working days, date by date.</summary>
sealed class WorkingDays(WorkCalendar calendar)
{
    readonly HashSet<DayOfWeek> weekend = [.. calendar.Weekend.Select(day => (DayOfWeek)((int)day % 7))];
    readonly HashSet<DateOnly> holidays = [.. calendar.Holidays.Keys.Select(day => day.ToDateOnly())];

    public DateOnly FirstFrom(DateOnly date)
    {
        while (weekend.Contains(date.DayOfWeek) || holidays.Contains(date)) date = date.AddDays(1);
        return date;
    }

    public DateOnly NextAfter(DateOnly date) => FirstFrom(date.AddDays(1));
}
