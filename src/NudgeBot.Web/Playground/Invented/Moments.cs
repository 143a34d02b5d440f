using NodaTime;

namespace NudgeBot.Web.Playground.Invented;

/// <summary>When an invented person gets round to something.</summary>
static class Moments
{
    static readonly Duration Soonest = Duration.FromMinutes(15);
    static readonly Duration Latest = Duration.FromHours(26);
    static readonly LocalTime From = new(8, 0);
    static readonly LocalTime To = new(20, 0);

    /// <summary>
    /// 15 minutes to 26 hours after it came, more often soon than late, between 08:00 and 20:00 of a day from Monday to Friday. What would be
    /// later is done on the same day instead, so something that comes in the evening is answered that evening.
    /// </summary>
    /// <param name="name">What is answered, and by whom: chance goes by it.</param>
    public static Instant After(Instant came, DateTimeZone zone, string name)
    {
        var chance = Chance.Of(name, "delay");
        var at = came + Soonest + (Latest - Soonest) * Math.Pow(chance, 2.5);
        var local = at.InZone(zone);
        if (local.TimeOfDay >= From && local.TimeOfDay < To && local.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday)) return WholeMinute(at);

        var evening = zone.AtLeniently(came.InZone(zone).Date + To).ToInstant();
        return WholeMinute(came + Soonest + Duration.Max(Duration.Zero, evening - came - Soonest) * chance);
    }

    /// <summary>A few minutes later, still in the same chat.</summary>
    public static Instant SoonAfter(Instant came, string name) => came + Duration.FromMinutes(1 + (int)(5 * Chance.Of(name, "soon")));

    static Instant WholeMinute(Instant at) => Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds() / 60 * 60);
}
