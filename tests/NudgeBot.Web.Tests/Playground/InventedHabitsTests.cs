using NodaTime;
using NudgeBot.Calendars;
using NudgeBot.Campaigns;
using NudgeBot.Web.Playground.Invented;

namespace NudgeBot.Web.Tests.Playground;

public class InventedHabitsTests
{
    static readonly LocalDate DayZero = new(2026, 9, 14);

    [Theory]
    [InlineData("Stays", "11111111")]
    [InlineData("Rarely", "11111111")]
    [InlineData("QuitsInWeek1", "10000000")]
    [InlineData("QuitsInWeek2", "11000000")]
    [InlineData("QuitsInWeek3", "11100000")]
    [InlineData("ComesBack", "10011111")]
    [InlineData("Never", "00000000")]
    public void Use_falls_into_the_weeks_of_the_habit_whatever_chance_says(string habit, string weeks)
    {
        foreach (var number in Enumerable.Range(1, 50))
        {
            var person = new InventedPerson { Email = $"person-{number}@oskerby.example", Habit = Enum.Parse<Habit>(habit) };
            string.Concat(Enumerable.Range(1, 8).Select(week => Count(person, 7 * (week - 1) + 1, 7 * week) > 0 ? '1' : '0')).ShouldBe(weeks);
        }
    }

    [Theory]
    [InlineData(Entry.New, false, false)]
    [InlineData(Entry.Lapsed, true, false)]
    [InlineData(Entry.Active, true, true)]
    public void Use_before_day_0_is_that_of_the_entry(Entry entry, bool earlier, bool lately)
    {
        foreach (var number in Enumerable.Range(1, 50))
        {
            var person = new InventedPerson { Email = $"person-{number}@oskerby.example", Habit = Habit.Never, Entry = entry };
            (Count(person, -56, -29) > 0).ShouldBe(earlier);
            (Count(person, -28, -1) > 0).ShouldBe(lately);
        }
    }

    [Fact]
    public void Nobody_uses_it_on_a_day_off()
    {
        var holidays = new[] { DayZero.PlusDays(1), DayZero.PlusDays(2) }.ToDictionary(date => date, _ => "a holiday");
        var calendar = new WorkCalendar("XX", WorkCalendar.WithoutFile.Weekend, holidays);
        var person = new InventedPerson { Email = "anna@oskerby.example", Habit = Habit.QuitsInWeek1 };

        var used = Enumerable.Range(1, 7).Select(day => DayZero.PlusDays(day)).Where(day => Habits.Uses(person, DayZero, calendar, day)).ToList();

        used.ShouldNotBeEmpty();
        used.ShouldAllBe(day => calendar.IsWorkingDay(day));
    }

    static int Count(InventedPerson person, int first, int last) =>
        Enumerable.Range(first, last - first + 1).Count(day => Habits.Uses(person, DayZero, WorkCalendar.WithoutFile, DayZero.PlusDays(day)));
}
