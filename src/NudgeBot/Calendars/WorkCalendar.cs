using NodaTime;

namespace NudgeBot.Calendars;

/// <summary>The working days of one country, from its file in <c>calendars/</c>.</summary>
/// <param name="Holidays">With their names.</param>
public sealed record WorkCalendar(string Country, IReadOnlySet<IsoDayOfWeek> Weekend, IReadOnlyDictionary<LocalDate, string> Holidays)
{
    /// <summary>For countries without a file: Saturday and Sunday, no holidays.</summary>
    public static readonly WorkCalendar WithoutFile = new("", new HashSet<IsoDayOfWeek> { IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday }, new Dictionary<LocalDate, string>());

    public bool IsWorkingDay(LocalDate date) => !Weekend.Contains(date.DayOfWeek) && !Holidays.ContainsKey(date);

    public LocalDate WorkingDayFrom(LocalDate date)
    {
        while (!IsWorkingDay(date)) date = date.PlusDays(1);
        return date;
    }

    public LocalDate NextWorkingDay(LocalDate after) => WorkingDayFrom(after.PlusDays(1));
}
