using NudgeBot.Files;

namespace NudgeBot.Campaigns;

/// <summary>What a campaign's file says of its goals and its gate.</summary>
sealed class GoalReader(FileErrors errors)
{
    readonly Values values = new(errors);

    public IReadOnlyList<Goal> Goals(Node node)
    {
        var metrics = new HashSet<GoalMetric>();
        return values.List(node, one =>
        {
            var goal = Goal(one);
            if (errors.None && !metrics.Add(goal.Metric)) errors.Add(one, $"there is a goal for {Words.Of(goal.Metric)} already; a campaign has one for each metric.");
            return goal;
        });
    }

    Goal Goal(Node node)
    {
        var fields = new Fields(node, errors, "metric", "baseline", "target", "by");
        var metric = fields.Required("metric", values.OneOf<GoalMetric>);
        var goal = new Goal(
            metric,
            fields.Required("baseline", one => values.Number(one, 0, metric.Most())),
            fields.Required("target", one => values.Number(one, 1, metric.Most())),
            fields.Required("by", values.Date));
        if (errors.None && goal.Target <= goal.Baseline) errors.Add(fields["target"], $"must be above the baseline, which is {goal.Baseline}.");
        return goal;
    }

    public GateThresholds Gate(Node node)
    {
        var fields = new Fields(node, errors, "people", "days", "delivery", "opt_outs", "blocked", "unreachable");
        var otherwise = GateThresholds.Default;
        return new GateThresholds
        {
            // No figure of fewer than five people is ever told.
            People = fields.Optional("people", otherwise.People, one => values.Number(one, Retention.SmallGroups.Least, 100_000)),
            Days = fields.Optional("days", otherwise.Days, one => values.Number(one, 1, 90)),
            Delivery = fields.Optional("delivery", otherwise.Delivery, Percent),
            OptOuts = fields.Optional("opt_outs", otherwise.OptOuts, Percent),
            Blocked = fields.Optional("blocked", otherwise.Blocked, Percent),
            Unreachable = fields.Optional("unreachable", otherwise.Unreachable, Percent),
        };
    }

    int Percent(Node node) => values.Number(node, 0, 100);
}
