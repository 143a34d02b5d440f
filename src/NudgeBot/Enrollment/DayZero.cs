using NodaTime;

namespace NudgeBot.Enrollment;

/// <summary>Day 0: the latest of the campaign's start, the licence's start and, for those reached later, the local date of their enrollment.</summary>
static class DayZero
{
    /// <param name="starts">The campaign starts now: all that are found have its start date, wherever their clocks stand.</param>
    public static LocalDate Of(LocalDate campaignStart, LocalDate? licensedSince, string zone, bool starts, Instant now)
    {
        var day = licensedSince is { } licence ? LocalDate.Max(campaignStart, licence) : campaignStart;
        return starts ? day : LocalDate.Max(day, now.InZone(DateTimeZoneProviders.Tzdb[zone]).Date);
    }
    /// <summary>Who has left by their day 0 is not taken in.</summary>
    public static bool IsReached(LocalDate dayZero, LocalDate? leftOn) => leftOn is null || leftOn > dayZero;
}
