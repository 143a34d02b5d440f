using NodaTime;
using NodaTime.TimeZones;
using NudgeBot.Calendars;

namespace NudgeBot.Nudging;

/// <summary>When a step is meant to reach somebody.</summary>
/// <param name="Date">The local date that <paramref name="At"/> falls on; the next step is planned after it.</param>
/// <param name="LastChance">From here on it is no longer sent: the window's end on the third working day after the date.</param>
public readonly record struct PlannedMoment(LocalDate Date, Instant At, Instant LastChance);

/// <summary>
/// The moments of one zone, one calendar and one window; pure. The rules are those of docs/campaigns.md. Local times become instants one way:
/// a time that a change of the clocks skips is the first moment after the gap, one that occurs twice is the first of the two.
/// </summary>
public sealed record Schedule(DateTimeZone Zone, WorkCalendar Calendar, SendingWindow Window)
{
    const int WorkingDaysToLastChance = 3;

    static readonly ZoneLocalMappingResolver Resolver = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    public LocalDate DateOf(Instant instant) => instant.InZone(Zone).Date;

    public Instant StartOf(LocalDate date) => Zone.AtStartOfDay(date).ToInstant();

    public Instant At(LocalDate date, LocalTime time) => Zone.ResolveLocal(date + time, Resolver).ToInstant();

    /// <param name="earliest">Day 0 + N.</param>
    /// <param name="previous">The planned date of the personal step before, if there is one.</param>
    /// <param name="floor">Nothing is planned before this instant.</param>
    public PlannedMoment Plan(LocalDate earliest, LocalTime time, LocalDate? previous, Instant floor)
    {
        var date = Calendar.WorkingDayFrom(NotBefore(earliest, previous));
        var at = At(date, time);
        if (at < floor)
        {
            at = Allows(floor) ? floor : FirstTry(DateOf(floor), time, floor);
            date = DateOf(at);
        }
        return new PlannedMoment(date, at, LastChance(date));
    }

    /// <summary>Each personal step has a date of its own.</summary>
    public static LocalDate NotBefore(LocalDate earliest, LocalDate? previous) =>
        previous is { } before ? LocalDate.Max(earliest, before.PlusDays(1)) : earliest;

    public bool Allows(Instant instant)
    {
        var local = instant.InZone(Zone);
        return Calendar.IsWorkingDay(local.Date) && instant >= At(local.Date, Window.From) && instant < At(local.Date, Window.To);
    }

    /// <summary>The first moment at or after <paramref name="from"/> that lies inside the window of a working day.</summary>
    public Instant NextAllowed(Instant from) => Allows(from) ? from : FirstTry(DateOf(from), Window.From, from);

    /// <summary>The step's time on the next working day after that of <paramref name="now"/>.</summary>
    public Instant NextTry(Instant now, LocalTime time) => At(Calendar.NextWorkingDay(DateOf(now)), time);

    Instant FirstTry(LocalDate date, LocalTime time, Instant from)
    {
        for (date = Calendar.WorkingDayFrom(date); ; date = Calendar.NextWorkingDay(date))
        {
            var at = At(date, time);
            if (at >= from) return at;
        }
    }

    Instant LastChance(LocalDate planned)
    {
        var date = planned;
        for (var day = 0; day < WorkingDaysToLastChance; day++) date = Calendar.NextWorkingDay(date);
        return At(date, Window.To);
    }
}
