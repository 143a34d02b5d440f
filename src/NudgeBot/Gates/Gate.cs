using NudgeBot.Campaigns;
using NudgeBot.Retention;

namespace NudgeBot.Gates;

/// <summary>
/// Judges the figures of a campaign, purely. A share passes when it meets its threshold as it stands; the interval beside it tells how sure that is. A
/// breach is more: the whole interval lies beyond the threshold.
/// </summary>
public static class Gate
{
    public static IReadOnlyList<GateFigure> Judge(GateCounts counts, GateThresholds thresholds, IReadOnlyList<Goal> goals)
    {
        var goal = goals.FirstOrDefault(one => one.Metric == GoalMetric.Week3Retention);
        return
        [
            Number(GateMeasure.People, counts.People, thresholds.People),
            Number(GateMeasure.Days, counts.Days, thresholds.Days),
            Share(GateMeasure.Delivery, counts.Delivery, thresholds.Delivery, isLeast: true),
            Share(GateMeasure.OptOuts, counts.OptOuts, thresholds.OptOuts, isLeast: false),
            Share(GateMeasure.Blocked, counts.Blocked, thresholds.Blocked, isLeast: false),
            Share(GateMeasure.Week3Retention, counts.Week3, goal?.Target, isLeast: true),
        ];

        GateFigure Share(GateMeasure measure, Portion portion, int? threshold, bool isLeast)
        {
            var verdict = threshold is null ? GateVerdict.NotAsked
                : portion.People < thresholds.People ? GateVerdict.TooEarly
                : Meets(portion, threshold.Value, isLeast) ? GateVerdict.Passed : GateVerdict.Failed;
            return new GateFigure(measure, verdict, threshold, isLeast) { Portion = portion.IsKnown ? portion : null };
        }
    }

    public static bool IsPassed(this IEnumerable<GateFigure> figures) => figures.All(figure => figure.Verdict is GateVerdict.Passed or GateVerdict.NotAsked);

    /// <summary>What of these figures is beyond its threshold by more than chance, with enough people behind it.</summary>
    public static IReadOnlyList<Breach> Breaches(GateCounts counts, GateThresholds thresholds)
    {
        Breach[] beyond =
        [
            new(GateMeasure.Delivery, counts.Delivery, thresholds.Delivery, counts.UndeliveredSince),
            new(GateMeasure.OptOuts, counts.OptOuts, thresholds.OptOuts, counts.OptedOutSince),
            new(GateMeasure.Blocked, counts.Blocked, thresholds.Blocked, counts.BlockedSince),
        ];
        return [.. beyond.Where(one => one.Portion.People >= Math.Max(thresholds.People, SmallGroups.Least) && IsBeyond(one))];
    }

    static bool IsBeyond(Breach breach)
    {
        var (low, high) = breach.Portion.Interval;
        return breach.Measure == GateMeasure.Delivery ? high * 100 < breach.Threshold : low * 100 > breach.Threshold;
    }

    // In whole numbers: 3 of 60 is 5 %, whatever a division makes of it.
    static bool Meets(Portion portion, int percent, bool isLeast)
    {
        var (share, threshold) = ((long)portion.Count * 100, (long)percent * portion.People);
        return isLeast ? share >= threshold : share <= threshold;
    }

    static GateFigure Number(GateMeasure measure, int? count, int least) =>
        new(measure, count >= least ? GateVerdict.Passed : GateVerdict.TooEarly, least, IsLeast: true) { Count = count };
}
