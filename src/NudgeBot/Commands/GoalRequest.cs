using NudgeBot.Campaigns;

namespace NudgeBot.Commands;

/// <summary>What a campaign is meant to reach.</summary>
public abstract record GoalRequest : CommandRequest
{
    private GoalRequest() { }

    public sealed record List(string Key) : GoalRequest;

    /// <param name="Baseline">In the metric's unit: percent, or minutes a week.</param>
    /// <param name="Target">Likewise.</param>
    public sealed record Add(string Key, GoalMetric Metric, int Baseline, int Target, When By) : GoalRequest;

    public sealed record Remove(string Key, GoalMetric Metric) : GoalRequest;

    public T Match<T>(Func<List, T> list, Func<Add, T> add, Func<Remove, T> remove) => this switch
    {
        List r => list(r),
        Add r => add(r),
        Remove r => remove(r),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };
}
