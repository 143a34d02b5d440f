using NodaTime;
using NodaTime.Text;

namespace NudgeBot.Web.Playground;

/// <summary>How the page writes times, names and steps.</summary>
static class Shown
{
    static readonly ZonedDateTimePattern HourPattern = ZonedDateTimePattern.CreateWithInvariantCulture("HH:mm", null);
    static readonly ZonedDateTimePattern DayPattern = ZonedDateTimePattern.CreateWithInvariantCulture("ddd d MMM", null);
    static readonly LocalDatePattern DatePattern = LocalDatePattern.CreateWithInvariantCulture("dddd, d MMMM");

    public static string Hour(Instant instant, DateTimeZone zone) => HourPattern.Format(instant.InZone(zone));

    public static string Day(Instant instant, DateTimeZone zone) => DayPattern.Format(instant.InZone(zone));

    public static string DayAndHour(Instant instant, DateTimeZone zone) => $"{Day(instant, zone)}, {Hour(instant, zone)}";

    public static string Date(LocalDate date) => DatePattern.Format(date);

    /// <summary>For machines: <c>datetime</c> attributes.</summary>
    public static string Iso(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    public static string Initials(string name) => string.Concat(name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2).Select(word => word[0]));

    /// <summary>One of eight colours, the same for a name at every look.</summary>
    public static int Hue(string name) => name.Sum(letter => letter) % 8;

    /// <summary>The city of a zone.</summary>
    public static string City(string zone) => zone[(zone.LastIndexOf('/') + 1)..].Replace('_', ' ');

    /// <summary>day-10-re-engagement: Day 10 · re-engagement.</summary>
    public static string Step(int day, string key)
    {
        var prefix = $"day-{day}-";
        return key.StartsWith(prefix, StringComparison.Ordinal) ? $"Day {day} · {key[prefix.Length..]}" : $"Day {day} · {key}";
    }

    /// <summary>business-analyst: business analyst.</summary>
    public static string InWords(string key) => key.Replace('-', ' ');

    public static string Percent(double share) => FormattableString.Invariant($"{share * 100:0} %");
}
