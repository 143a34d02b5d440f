using NodaTime;
using NudgeBot.Enrollment;
using NudgeBot.Retention;

namespace NudgeBot.Forecasting;

/// <summary>Counts both arms by their day 0, and so who will have which week behind them when.</summary>
sealed class LiftTally
{
    const int MostWeeks = 8;

    readonly Dictionary<(bool HeldOut, LocalDate DayZero, LocalDate? LeftOn), int> arms = [];

    public void Add(Arm arm, LocalDate dayZero, LocalDate? leftOn)
    {
        var key = (arm == Arm.Holdout, dayZero, leftOn);
        arms[key] = arms.GetValueOrDefault(key) + 1;
    }

    /// <param name="measured">The holdout's weeks as they were until now; cells that are too small are empty.</param>
    /// <param name="to">The last date that counts.</param>
    public IReadOnlyList<LiftForecast> Result(IReadOnlyList<Cell?> measured, LocalDate to)
    {
        if (!arms.Keys.Any(key => key.HeldOut)) return [];
        return [.. Enumerable.Range(1, MostWeeks).Select(week => Of(week, week <= measured.Count ? measured[week - 1] : null, to)).OfType<LiftForecast>()];
    }

    /// <summary>At risk are those who have not left by the week's last date, as in retention.</summary>
    LiftForecast? Of(int week, Cell? measured, LocalDate to)
    {
        var over = arms.Select(one => (one.Key.HeldOut, Last: one.Key.DayZero.PlusDays(7 * week), one.Key.LeftOn, Count: one.Value))
            .Where(one => one.Last < to && (one.LeftOn is null || one.LeftOn > one.Last))
            .OrderBy(one => one.Last).ToList();
        if (over.Count == 0) return null;

        var most = (over.Sum(one => one.Count) * 9 + 9) / 10;
        var (counted, by) = (0, over[0].Last);
        foreach (var one in over)
        {
            if (counted >= most) break;
            counted += one.Count;
            by = one.Last;
        }
        var then = over.FindAll(one => one.Last <= by);
        var (nudged, heldOut) = (then.Where(one => !one.HeldOut).Sum(one => one.Count), then.Where(one => one.HeldOut).Sum(one => one.Count));
        // From week 3 on the field's curve is flat.
        var baseline = measured?.Share ?? ReferenceCurve.ShareIn(Math.Min(week, 3))!.Value;
        return new LiftForecast(week, by.PlusDays(1), nudged, heldOut, baseline, measured is not null, DetectableLift.Of(nudged, heldOut, baseline));
    }
}
