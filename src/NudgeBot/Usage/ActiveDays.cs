using System.Numerics;
using NodaTime;

namespace NudgeBot.Usage;

/// <summary>
/// The dates with use around a day 0, as the enrollment's row keeps them: bit i of <paramref name="Days"/> is day 0 + i,
/// <paramref name="Days2"/> goes on with day 64, bit i of <paramref name="Before"/> is day 0 - 1 - i. So it knows day -64 to day 127;
/// dates beyond are counted as without use.
/// </summary>
public readonly record struct ActiveDays(LocalDate DayZero, long Before, long Days, long Days2)
{
    public const int FirstDay = -64;
    public const int LastDay = 127;

    /// <summary>How many dates with use lie in <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    public int Count(LocalDate from, LocalDate to)
    {
        var first = Period.DaysBetween(DayZero, from);
        var last = Period.DaysBetween(DayZero, to);
        return BitOperations.PopCount((ulong)Before & Mask(-1 - last, -1 - first))
             + BitOperations.PopCount((ulong)Days & Mask(first, last))
             + BitOperations.PopCount((ulong)Days2 & Mask(first - 64, last - 64));
    }

    /// <summary>The dates with use, in order.</summary>
    public IEnumerable<LocalDate> Dates()
    {
        for (var day = FirstDay; day <= LastDay; day++)
        {
            var date = DayZero.PlusDays(day);
            if (Count(date, date) > 0) yield return date;
        }
    }

    /// <summary>The bits <paramref name="first"/> to <paramref name="last"/> of one word; what lies outside 0 to 63 is cut off.</summary>
    public static ulong Mask(int first, int last)
    {
        first = Math.Max(first, 0);
        last = Math.Min(last, 63);
        return first > last ? 0 : ulong.MaxValue >> (63 - last) & ulong.MaxValue << first;
    }
}
