using NodaTime;
using NodaTime.Text;

namespace NudgeBot.Commands;

/// <summary>A date as somebody says it: <c>2026-12-01</c>, <c>today</c>, <c>tomorrow</c>, <c>monday</c>, <c>in 3 days</c>, <c>in 2 weeks</c>, <c>in 3 months</c>.</summary>
/// <remarks>Which date it is depends on where the speaker is: it is found when the command is carried out.</remarks>
public readonly record struct When
{
    public const string Allowed = "a date such as `2026-12-01`, `monday`, `tomorrow` or `\"in 3 days\"`";

    const int Furthest = 1000;

    LocalDate? Date { get; init; }
    IsoDayOfWeek Weekday { get; init; }
    int Days { get; init; }
    int Months { get; init; }

    public static When On(LocalDate date) => new() { Date = date };

    /// <returns>Null where it is no date.</returns>
    public static When? Parse(string said)
    {
        // Who does not want to quote writes hyphens.
        var words = said.ToLowerInvariant().Split(said.Contains(' ') ? ' ' : '-', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (LocalDatePattern.Iso.Parse(said.Trim()) is { Success: true } date) return On(date.Value);
        return words switch
        {
            ["today"] => new When(),
            ["tomorrow"] => new When { Days = 1 },
            ["in", var count, "day" or "days"] when Count(count) is { } days => new When { Days = days },
            ["in", var count, "week" or "weeks"] when Count(count) is { } weeks => new When { Days = 7 * weeks },
            ["in", var count, "month" or "months"] when Count(count) is { } months => new When { Months = months },
            ["next", var day] when WeekdayOf(day) is { } weekday => new When { Weekday = weekday },
            [var day] when WeekdayOf(day) is { } weekday => new When { Weekday = weekday },
            _ => null,
        };
    }

    /// <summary>A weekday is the next one, never today.</summary>
    /// <param name="today">Of the speaker.</param>
    public LocalDate From(LocalDate today) => Date ?? (Weekday == IsoDayOfWeek.None ? today.PlusMonths(Months).PlusDays(Days) : today.Next(Weekday));

    static int? Count(string word) => int.TryParse(word, out var number) && number is >= 0 and <= Furthest ? number : null;

    static IsoDayOfWeek? WeekdayOf(string word) => word.Length < 3 ? null
        : Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None && day.ToString().StartsWith(word, StringComparison.OrdinalIgnoreCase)).Select(day => (IsoDayOfWeek?)day).FirstOrDefault();
}
