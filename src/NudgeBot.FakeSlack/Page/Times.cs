using NodaTime;
using NodaTime.Text;

namespace NudgeBot.FakeSlack.Page;

/// <summary>How the page writes moments and names.</summary>
static class Times
{
    static readonly ZonedDateTimePattern HourPattern = ZonedDateTimePattern.CreateWithInvariantCulture("HH:mm", null);
    static readonly ZonedDateTimePattern SecondPattern = ZonedDateTimePattern.CreateWithInvariantCulture("HH:mm:ss", null);
    static readonly ZonedDateTimePattern DayPattern = ZonedDateTimePattern.CreateWithInvariantCulture("dddd, d MMMM", null);
    static readonly ZonedDateTimePattern MomentPattern = ZonedDateTimePattern.CreateWithInvariantCulture("ddd d MMM, HH:mm", null);

    public static string Hour(Instant at, DateTimeZone zone) => HourPattern.Format(at.InZone(zone));

    public static string Second(Instant at) => SecondPattern.Format(at.InUtc());

    public static string Day(Instant at, DateTimeZone zone) => DayPattern.Format(at.InZone(zone));

    public static string Moment(Instant at, DateTimeZone zone) => MomentPattern.Format(at.InZone(zone));

    /// <summary>The city of a zone.</summary>
    public static string City(DateTimeZone zone) => zone.Id[(zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ');

    public static string Initials(string name) => string.Concat(name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2).Select(word => word[0]));

    /// <summary>One of eight colours, the same for a name at every look.</summary>
    public static int Hue(string name) => name.Sum(letter => letter) % 8;
}
