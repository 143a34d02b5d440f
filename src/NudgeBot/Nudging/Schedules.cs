using System.Collections.Concurrent;
using NodaTime;
using NudgeBot.Calendars;

namespace NudgeBot.Nudging;

/// <summary>The schedule of a person: their zone, and the calendar of their country, which is the zone's where the roster names none.</summary>
public sealed class Schedules(WorkCalendars calendars)
{
    readonly ConcurrentDictionary<(string Zone, string? Country, SendingWindow Window), Schedule> known = new();

    public Schedule For(string zone, string? country, SendingWindow window) => known.GetOrAdd((zone, country, window), key =>
        new Schedule(DateTimeZoneProviders.Tzdb[key.Zone], calendars.For(CountryOf(key.Zone, key.Country)), key.Window));

    public static string? CountryOf(string zone, string? rosterCountry) => rosterCountry ?? ZoneCountry.Of(zone);
}
