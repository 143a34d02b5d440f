using NodaTime;
using NudgeBot.Calendars;

namespace NudgeBot.Web.Playground.Invented;

/// <summary>How somebody uses the tool after day 0.</summary>
enum Habit { Stays, Rarely, QuitsInWeek1, QuitsInWeek2, QuitsInWeek3, ComesBack, Never }

/// <summary>
/// The dates on which an invented person uses the tool: a pure function of the person and the date. Weeks are those of retention: week k is
/// day 0 + 7(k-1) + 1 to day 0 + 7k. In a week with use there is at least one date with use, whichever chance picks.
/// </summary>
static class Habits
{
    /// <summary>How many weeks somebody who comes back stays away, after the first.</summary>
    const int WeeksAway = 2;

    public static bool Uses(InventedPerson person, LocalDate dayZero, WorkCalendar calendar, LocalDate date)
    {
        if (!calendar.IsWorkingDay(date)) return false;
        // Of those who had never used it, some open it at once.
        if (date == dayZero && person.Entry != Campaigns.Entry.Active) return person.Habit != Habit.Never && Chance.Of(person.Email, "day 0") < 0.5;

        var week = WeekOf(date, dayZero);
        var (days, among) = InWeek(person, week);
        return WorkingDays(dayZero, week, calendar).Take(among).OrderBy(day => Chance.Of(person.Email, day)).Take(days).Contains(date);
    }

    public static int Sessions(InventedPerson person, LocalDate date) => 1 + (int)(5 * Chance.Of(person.Email, date, "sessions"));

    static int WeekOf(LocalDate date, LocalDate dayZero) => (int)Math.Ceiling(Period.DaysBetween(dayZero, date) / 7.0);

    static IEnumerable<LocalDate> WorkingDays(LocalDate dayZero, int week, WorkCalendar calendar) =>
        Enumerable.Range(7 * (week - 1) + 1, 7).Select(day => dayZero.PlusDays(day)).Where(calendar.IsWorkingDay);

    /// <returns>How many dates with use, and among how many of the week's first working days: who quits does so before a week's end.</returns>
    static (int Days, int Among) InWeek(InventedPerson person, int week)
    {
        int From(int least, int most) => least + (int)((most - least + 1) * Chance.Of(person.Email, week, "days"));
        (int, int) quitsIn(int last) => week < last ? (From(2, 4), 5) : week == last ? (From(1, 2), 3) : (0, 5);

        if (week <= 0)
        {
            return person.Entry switch
            {
                Campaigns.Entry.New => (0, 5),
                // None on the 28 dates before day 0.
                Campaigns.Entry.Lapsed => (week < -4 ? From(1, 3) : 0, 5),
                Campaigns.Entry.Active => (From(2, 4), 5),
            };
        }
        return person.Habit switch
        {
            Habit.Stays => (From(3, 5), 5),
            Habit.Rarely => (1, 5),
            Habit.QuitsInWeek1 => quitsIn(1),
            Habit.QuitsInWeek2 => quitsIn(2),
            Habit.QuitsInWeek3 => quitsIn(3),
            Habit.ComesBack => week <= 1 ? quitsIn(1) : (week <= 1 + WeeksAway ? 0 : From(2, 4), 5),
            Habit.Never => (0, 5),
        };
    }
}
