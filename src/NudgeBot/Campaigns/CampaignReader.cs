using NodaTime;
using NudgeBot.Files;
using NudgeBot.Guides;
using NudgeBot.Nudging;

namespace NudgeBot.Campaigns;

sealed class CampaignReader(FileErrors errors)
{
    static readonly string[] Known =
    [
        "key", "name", "tool", "tool_name", "owner", "start", "audience", "rollout", "gate", "goals", "holdout", "variants", "back_off", "window", "managed",
        "fallback", "texts", "steps",
    ];

    readonly Values values = new(errors);

    public Campaign Read(Node file)
    {
        var fields = new Fields(file, errors, Known);
        var goals = new GoalReader(errors);
        var (percent, unit, stages, closed) = fields.Optional("rollout", (100, RolloutUnit.Person, RolloutStages.Default, false), Rollout);
        var variants = fields.Optional("variants", ["a"], Variants);
        var window = fields.Optional("window", SendingWindow.Default, Window);
        var fallback = fields.Optional("fallback", FallbackPattern.Default, node => FallbackPattern.ReadAll(node, values));
        var tool = fields.Required("tool", values.Key);
        return new Campaign
        {
            Key = fields.Required("key", values.Key),
            Name = fields.Required("name", values.Line),
            Tool = tool,
            ToolName = fields.Optional("tool_name", tool, values.Line),
            OwnerEmail = fields.Required("owner", values.Email),
            Start = fields.Required("start", values.Date),
            Audience = fields.Optional("audience", Audience.Everyone, AudienceOf),
            RolloutPercent = percent,
            RolloutUnit = unit,
            RolloutStages = stages,
            RolloutClosed = closed,
            Goals = fields.Optional("goals", [], goals.Goals),
            Gate = fields.Optional("gate", GateThresholds.Default, goals.Gate),
            HoldoutPercent = fields.Optional("holdout", 10, node => values.Number(node, 0, 50)),
            Variants = variants,
            BackOff = fields.Optional("back_off", 3, BackOff),
            Window = window,
            Managed = fields.Optional("managed", ManagedBy.Chat, values.OneOf<ManagedBy>),
            Texts = fields.Optional("texts", new Dictionary<string, OwnText>(), Texts),
            Steps = fields.Required("steps", node => Steps(node, new StepReader(variants, window, fallback, errors))),
        };
    }

    IReadOnlyList<Step> Steps(Node node, StepReader reader)
    {
        var keys = new Dictionary<string, int>();
        return values.List(node, one =>
        {
            var step = reader.Read(one);
            if (step.Key.Length > 0 && !keys.TryAdd(step.Key, one.Line))
                errors.Add(one, $"the step key '{step.Key}' is used already, by the step in line {keys[step.Key]}.");
            return step;
        });
    }

    Dictionary<string, OwnText> Texts(Node node)
    {
        var texts = new Dictionary<string, OwnText>();
        if (node is not Node.Map map) return values.Wrong(node, "texts were expected here, each as locale/role/name: its words.", texts);
        foreach (var (place, words) in map.Pairs)
        {
            if (place.Text.Split('/') is not [{ Length: > 0 }, { Length: > 0 }, { Length: > 0 }]) errors.Add(place, $"'{place.Text}' is not a place such as en/any/welcome.");
            if (words is not Node.Word word)
            {
                errors.Add(words, "text was expected.");
                continue;
            }
            foreach (var problem in OwnText.Check(word.Text)) errors.Add(words, problem);
            if (!texts.TryAdd(place.Text, new OwnText(word.Text))) errors.Add(place, $"'{place.Text}' is given twice.");
        }
        return texts;
    }

    Audience AudienceOf(Node node)
    {
        if (node is Node.Word)
        {
            values.OneOf(node, ["everyone"]);
            return Audience.Everyone;
        }
        var fields = new Fields(node, errors, "role", "team", "location");
        if (!fields.Names.Any()) errors.Add(node, "names nobody; write 'everyone', or fields of: role, team, location.");
        return new Audience(Lines("role"), Lines("team"), Lines("location"));

        IReadOnlyList<string> Lines(string name) => fields.Optional<IReadOnlyList<string>>(name, [], node => values.List(node, values.Line));
    }

    (int Percent, RolloutUnit Unit, IReadOnlyList<int> Stages, bool Closed) Rollout(Node node)
    {
        if (node is Node.Word) return (Percent(node), RolloutUnit.Person, RolloutStages.Default, false);
        var fields = new Fields(node, errors, "percent", "unit", "stages", "closed");
        return (
            fields.Required("percent", Percent), fields.Optional("unit", RolloutUnit.Person, values.OneOf<RolloutUnit>),
            fields.Optional("stages", RolloutStages.Default, Stages), fields.Optional("closed", false, values.Flag));
    }

    IReadOnlyList<int> Stages(Node node)
    {
        var stages = values.List(node, Percent, atMost: RolloutStages.Most);
        if (errors.None && RolloutStages.Fault(stages) is { } fault) errors.Add(node, fault);
        return stages;
    }

    int Percent(Node node) => values.Number(node, 0, 100);

    IReadOnlyList<string> Variants(Node node)
    {
        var variants = values.List(node, values.Key, atMost: 5);
        foreach (var twice in variants.CountBy(v => v).Where(v => v.Value > 1)) errors.Add(node, $"'{twice.Key}' is given twice.");
        return [.. variants.Where(v => v.Length > 0)];
    }

    int? BackOff(Node node) => node is Node.Word { Text: "never" } ? null : values.Number(node, 1, 20, orElse: "never");

    SendingWindow Window(Node node)
    {
        var fields = new Fields(node, errors, "from", "to");
        if (fields.Required("from", values.Time) is { } from && fields.Required("to", values.Time) is { } to)
        {
            if (from < to) return new SendingWindow(from, to);
            errors.Add(node, "must begin before it ends, on the same day.");
        }
        // Steps are not blamed for a window that is wrong itself.
        return new SendingWindow(LocalTime.Midnight, LocalTime.MaxValue);
    }
}
