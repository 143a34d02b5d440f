using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.People;

namespace NudgeBot.Nudging;

/// <summary>Why a step is planned for the date that it has.</summary>
/// <param name="Day">The step's day offset.</param>
/// <param name="AfterPrevious">Its own date, or a later one, belongs to the step before.</param>
/// <param name="DaysOff">The dates that it moved over, in order.</param>
/// <param name="Late">That moment had passed already when the person was reached, or moved to another zone or country.</param>
public sealed record MomentReason(int Day, bool AfterPrevious, IReadOnlyList<DayOff> DaysOff, bool Late)
{
    /// <param name="previous">The planned date of the personal step before, if there is one.</param>
    /// <param name="plannedAt">What was planned, by <see cref="Schedule.Plan"/>.</param>
    public static MomentReason Of(Schedule schedule, Step step, LocalDate dayZero, LocalDate? previous, Instant plannedAt)
    {
        var own = dayZero.PlusDays(step.Day);
        var first = Schedule.NotBefore(own, previous);
        var working = schedule.Calendar.WorkingDayFrom(first);
        var daysOff = Enumerable.Range(0, Period.DaysBetween(first, working)).Select(days => first.PlusDays(days))
            .Select(date => new DayOff(date, schedule.Calendar.Country, schedule.Calendar.Holidays.GetValueOrDefault(date)));
        return new MomentReason(step.Day, AfterPrevious: first > own, [.. daysOff], Late: schedule.At(working, step.At) != plannedAt);
    }

    /// <summary>E.g. <c>day 10</c>, or <c>day 5 is a Saturday: next working day</c>.</summary>
    public string InWords()
    {
        var day = $"day {Day}";
        if (Late) return $"{day} had passed already: the next moment possible";
        var (before, moved) = AfterPrevious ? ($"{day} gives way to the step before", ", and that date is ") : (day, " is ");
        if (DaysOff.Count == 0) return before;
        // A weekend is told by its first day; whatever else was in the way is told too.
        var told = DaysOff.Where((off, index) => index == 0 || off.Holiday is not null).Select((off, index) => index == 0 ? off.InWords() : off.Holiday);
        return $"{before}{moved}{string.Join(", then ", told)}: next working day";
    }
}

/// <param name="Country">ISO 3166; empty where there is no calendar.</param>
/// <param name="Holiday">Null: a weekend day.</param>
public sealed record DayOff(LocalDate Date, string Country, string? Holiday)
{
    public string InWords() => Holiday is null ? $"a {Date.DayOfWeek}" : $"a public holiday in {Countries.NameOf(Country)} ({Holiday})";
}
