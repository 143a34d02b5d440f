using NodaTime;

namespace NudgeBot.Campaigns;

/// <summary>What a campaign is meant to reach, and by when.</summary>
/// <param name="Baseline">In the metric's unit: percent, or minutes a week.</param>
/// <param name="Target">Above the baseline; likewise.</param>
public sealed record Goal(GoalMetric Metric, int Baseline, int Target, LocalDate By);

/// <summary>What goals are about, as docs/measurement.md defines it; a campaign has at most one of each.</summary>
public enum GoalMetric
{
    /// <summary>Percent active in week 3.</summary>
    Week3Retention,

    /// <summary>Percent active in week 4 on two dates or more.</summary>
    Adoption,

    /// <summary>Minutes a week that people say the tool saves them.</summary>
    Minutes,
}

public static class GoalMetrics
{
    /// <summary>Of a baseline or target.</summary>
    public static int Most(this GoalMetric metric) => metric == GoalMetric.Minutes ? 10_080 : 100;

    public static string Say(this GoalMetric metric, int value) => metric == GoalMetric.Minutes ? $"{value} minutes a week" : $"{value} %";
}
