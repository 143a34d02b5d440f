using NodaTime;
using NudgeBot.Nudging;

namespace NudgeBot.Tests.Nudging;

public class CapsTests
{
    static readonly LocalDate Today = new(2026, 3, 10);

    /// <summary>Every set of dates from six before to six after today, asked window by window whether today would make it too many.</summary>
    [Fact]
    public void Agree_with_all_windows_of_seven_dates_that_hold_today()
    {
        for (var set = 0; set < 1 << 13; set++)
        {
            var sent = Enumerable.Range(0, 13).Where(i => (set >> i & 1) == 1).Select(i => Today.PlusDays(i - 6)).ToList();
            if (sent.Count > 6) continue;
            var expected = sent.Contains(Today)
                || Enumerable.Range(-6, 7).Any(first => sent.Count(date => Period.DaysBetween(Today.PlusDays(first), date) is >= 0 and <= 6) >= 3);

            Caps.Reached(Today, sent).ShouldBe(expected, string.Join(", ", sent));
        }
    }

    [Fact]
    public void Allow_one_a_day_for_three_dates_and_again_on_the_eighth()
    {
        LocalDate[] three = [new(2026, 3, 9), new(2026, 3, 10), new(2026, 3, 11)];
        Caps.Reached(new(2026, 3, 12), three).ShouldBeTrue();
        Caps.Reached(new(2026, 3, 15), three).ShouldBeTrue();
        Caps.Reached(new(2026, 3, 16), three).ShouldBeFalse();
    }

    [Fact]
    public void Count_the_date_that_somebody_lives_twice_flying_west()
    {
        // Sent on Wednesday in Auckland, landed in Los Angeles on Tuesday: Wednesday comes again.
        Caps.Reached(new(2026, 3, 10), [new(2026, 3, 11)]).ShouldBeFalse();
        Caps.Reached(new(2026, 3, 11), [new(2026, 3, 11)]).ShouldBeTrue();
        // Dates ahead of today count in their windows as well.
        Caps.Reached(new(2026, 3, 10), [new(2026, 3, 8), new(2026, 3, 9), new(2026, 3, 11)]).ShouldBeTrue();
    }
}
