using NodaTime;
using NudgeBot.Gates;

namespace NudgeBot.Tests.Gates;

public sealed class ReviewDatesTests
{
    static readonly LocalDate Start = new(2026, 1, 31);

    [Fact]
    public void Weekly_for_90_days_then_on_the_day_of_the_month_of_the_start()
    {
        var all = new List<LocalDate>();
        for (var date = Start; all.Count < 16; all.Add(date)) date = ReviewDates.After(Start, date);

        all.Take(12).ShouldBe(Enumerable.Range(1, 12).Select(week => Start.PlusWeeks(week)));
        all.Skip(12).ShouldBe([new(2026, 5, 31), new(2026, 6, 30), new(2026, 7, 31), new(2026, 8, 31)]);
    }

    [Fact]
    public void No_two_reviews_are_further_apart_than_a_month_and_a_week()
    {
        for (var start = new LocalDate(2026, 1, 1); start.Year < 2029; start = start.PlusDays(1))
        {
            var date = start;
            while (date < start.PlusDays(500))
            {
                var next = ReviewDates.After(start, date);
                Period.DaysBetween(date, next).ShouldBeInRange(1, 38, $"{start}: {date} to {next}");
                date = next;
            }
        }
    }

    [Fact]
    public void The_latest_is_the_last_that_is_not_after_today()
    {
        ReviewDates.LatestOn(Start, Start).ShouldBeNull();
        ReviewDates.LatestOn(Start, Start.PlusDays(6)).ShouldBeNull();
        ReviewDates.LatestOn(Start, Start.PlusDays(7)).ShouldBe(Start.PlusDays(7));
        ReviewDates.LatestOn(Start, Start.PlusDays(13)).ShouldBe(Start.PlusDays(7));
        ReviewDates.LatestOn(Start, new LocalDate(2026, 6, 29)).ShouldBe(new LocalDate(2026, 5, 31));
    }
}
