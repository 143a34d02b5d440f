using NodaTime;

namespace NudgeBot.Nudging;

/// <summary>
/// At most one journey nudge on a local date and three on any seven consecutive local dates, per person, over all campaigns.
/// Nudges that may have been sent count as sent.
/// </summary>
public static class Caps
{
    public const int PerDate = 1;
    public const int PerSevenDates = 3;

    /// <summary>How far around a date sent nudges matter: a person who flies west may live one date twice.</summary>
    public const int DatesAround = 6;

    /// <param name="sent">The local dates of what was sent, at least those within <see cref="DatesAround"/> of <paramref name="today"/>.</param>
    public static bool Reached(LocalDate today, IReadOnlyCollection<LocalDate> sent)
    {
        if (sent.Count(date => date == today) >= PerDate) return true;
        for (var first = today.PlusDays(-DatesAround); first <= today; first = first.PlusDays(1))
        {
            var last = first.PlusDays(6);
            if (sent.Count(date => date >= first && date <= last) >= PerSevenDates) return true;
        }
        return false;
    }
}
