using NudgeBot.Usage;

namespace NudgeBot.Retention;

/// <summary>The share that has not abandoned the tool by the end of a day, counted from day 0.</summary>
/// <param name="Interval">95 %; null where the share is 0 or 1.</param>
public sealed record StillThere(int Day, double Share, (double Low, double High)? Interval);

/// <param name="Days">One for each of the chosen days; null: not known yet, or of fewer than five people.</param>
/// <param name="MedianDay">By when half had abandoned; null: not reached.</param>
public sealed record AbandonmentReport(IReadOnlyList<StillThere?> Days, double? MedianDay);

/// <summary>
/// Time to abandonment, in days from day 0 (docs/measurement.md). Its subjects are the enrollments with use on day 0 or later. The event: the date
/// on which the 14th date in a row without use is over, that is the last use before the gap + 14; who comes back later has abandoned all the
/// same. Who is without event is censored at the last complete date, the last before they left, or day 127, where the bitmaps end.
/// The time before the first use is not a gap, so whoever begins late can abandon only later.
/// </summary>
sealed class Abandonment
{
    public const int Gap = 14;

    public static readonly IReadOnlyList<int> ReportedDays = [7, 14, 21, 28, 42, 56];

    readonly int[] events = new int[ActiveDays.LastDay + 1];
    readonly int[] censored = new int[ActiveDays.LastDay + 1];
    readonly int[] followedTo = new int[ActiveDays.LastDay + 1];

    public void Add(FollowUp person)
    {
        if (person.Days == 0) return;
        followedTo[person.LastDay]++;
        if (DayOf(person) is { } day) events[day]++;
        else censored[person.LastDay]++;
    }

    /// <summary>Null where the person has not abandoned.</summary>
    public static int? DayOf(FollowUp person)
    {
        // A bit stays set for the 14 dates that begin with a use: widened to 2, 4, 8, then 14. The first that is clear after a use is the event.
        var covered = person.Days | person.Days << 1;
        covered |= covered << 2;
        covered |= covered << 4;
        covered |= covered << (Gap - 8);
        var firstUse = (int)UInt128.TrailingZeroCount(person.Days);
        var day = firstUse + (int)UInt128.TrailingZeroCount(~(covered >> firstUse));
        return day <= person.LastDay ? day : null;
    }

    /// <summary>Null with fewer than five subjects.</summary>
    public AbandonmentReport? Report()
    {
        if (!IsKnown(0)) return null;
        var survival = KaplanMeier.Of(events, censored);
        return new AbandonmentReport(
            [.. ReportedDays.Select(day => IsKnown(day) && survival.At(day) is { } at ? new StillThere(day, at.Survival, at.Interval) : null)],
            survival.Median is { } median && IsKnown((int)median) ? median : null);
    }

    /// <summary>The people behind a day's figure are those whose dates are known up to it, whether they abandoned before or not.</summary>
    bool IsKnown(int day) => followedTo.Skip(day).Sum() >= SmallGroups.Least;
}
