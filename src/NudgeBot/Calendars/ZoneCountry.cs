using NodaTime.TimeZones;

namespace NudgeBot.Calendars;

/// <summary>The country of an IANA time zone, for people whose roster does not name one.</summary>
public static class ZoneCountry
{
    static readonly TzdbDateTimeZoneSource Tzdb = TzdbDateTimeZoneSource.Default;
    static readonly Dictionary<string, string> Listed = Tzdb.ZoneLocations!.ToDictionary(z => z.ZoneId, z => z.CountryCode);

    /// <summary>ISO 3166 letters such as <c>DE</c>; null for what names no country: UTC, Etc/..., CET, EST5EDT and unknown ids.</summary>
    public static string? Of(string? zone)
    {
        if (zone is null || NamesNoPlace(zone)) return null;
        // zone.tab lists a zone for each country; the canonical id does not: Europe/Oslo is canonically Europe/Berlin.
        if (Listed.TryGetValue(zone, out var country)) return country;
        return Tzdb.CanonicalIdMap.TryGetValue(zone, out var canonical) ? Listed.GetValueOrDefault(canonical) : null;
    }

    /// <summary>CET is canonically Europe/Brussels, yet says nothing about Belgium.</summary>
    static bool NamesNoPlace(string zone) => zone.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter));
}
