using NodaTime;

namespace NudgeBot.Gates;

/// <summary>When a campaign is reviewed: every week of its first 90 days, and then every month on the day of the month on which it started.</summary>
static class ReviewDates
{
    const int WeeklyDays = 90;

    /// <summary>The latest date on which a review was due; null: none was yet.</summary>
    /// <param name="start">The campaign's first day.</param>
    public static LocalDate? LatestOn(LocalDate start, LocalDate today) => From(start).TakeWhile(date => date <= today).Select(date => (LocalDate?)date).LastOrDefault();

    /// <summary>The next one that is later than this date.</summary>
    public static LocalDate After(LocalDate start, LocalDate date) => From(start).First(due => due > date);

    static IEnumerable<LocalDate> From(LocalDate start)
    {
        for (var days = 7; days <= WeeklyDays; days += 7) yield return start.PlusDays(days);
        // Of the start each time, so that a campaign of the 31st does not slip to the 28th for good.
        for (var months = 3; ; months++)
            if (start.PlusMonths(months) > start.PlusDays(WeeklyDays)) yield return start.PlusMonths(months);
    }
}
