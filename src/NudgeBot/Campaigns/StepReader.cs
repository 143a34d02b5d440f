using NodaTime;
using NudgeBot.Files;
using NudgeBot.Nudging;

namespace NudgeBot.Campaigns;

sealed class StepReader(IReadOnlyList<string> variants, SendingWindow window, IReadOnlyList<string> fallback, FileErrors errors)
{
    static readonly string[] Known = ["key", "day", "at", "kind", "text", "after_answer", "entries", "only_if", "otherwise", "essential", "fallback"];
    static readonly string[] OnlyPersonal = ["entries", "essential", "otherwise", "after_answer"];

    readonly Values values = new(errors);

    public Step Read(Node node)
    {
        var fields = new Fields(node, errors, Known);
        var step = new Step
        {
            Key = fields.Required("key", values.Key),
            Day = fields.Required("day", day => values.Number(day, 0, 120)),
            At = fields.Required("at", At),
            Kind = fields.Required("kind", values.OneOf<StepKind>),
            Texts = fields.Required("text", Texts),
            Entries = fields.Optional("entries", [], entries => values.List(entries, values.OneOf<Entry>)),
            OnlyIf = fields.Optional("only_if", null, new ConditionReader(errors).Read),
            AfterAnswer = fields.Optional("after_answer", null, values.Key),
            Otherwise = fields.Optional("otherwise", null, values.Key),
            Essential = fields.Optional("essential", false, values.Flag),
            Fallback = fields.Optional("fallback", fallback, patterns => FallbackPattern.ReadAll(patterns, values)),
        };
        if (fields.Has("otherwise") && !fields.Has("only_if"))
            errors.Add(fields["otherwise"], "is sent when 'only_if' is false; this step has no 'only_if'.");
        if (step.IsForTeams) CheckTeamStep(step, fields);
        else if (step.OnlyIf is Condition.NudgedMembers) errors.Add(fields["only_if"], "'nudged_members' is only for steps of kind wins.");
        return step;
    }

    LocalTime At(Node node)
    {
        if (values.Time(node) is not { } time) return default;
        if (!window.Contains(time))
            errors.Add(node, $"{time:HH:mm} is not in the sending window, from {window.From:HH:mm} until before {window.To:HH:mm}.");
        return time;
    }

    IReadOnlyDictionary<string, string> Texts(Node node)
    {
        if (node is not Node.Map) return new Dictionary<string, string> { ["*"] = values.Key(node) };
        var fields = new Fields(node, errors, [.. variants, "*"]);
        if (!fields.Has("*"))
            foreach (var variant in variants.Where(v => !fields.Has(v)))
                errors.Add(node, $"there is none for variant '{variant}'; name one, or one for \"*\", which covers the rest.");
        return fields.Names.ToDictionary(name => name, name => values.Key(fields[name]));
    }

    /// <summary>A team has members of every entry and variant, and nobody in it answers for all.</summary>
    void CheckTeamStep(Step step, Fields fields)
    {
        foreach (var personal in OnlyPersonal.Where(fields.Has))
            errors.Add(fields[personal], "is only for personal steps; a step of kind wins goes to teams' channels.");
        if (step.Texts.Keys.Any(variant => variant != "*"))
            errors.Add(fields["text"], "a step of kind wins goes to teams' channels and has one text for all variants.");
        if (step.OnlyIf is not (null or Condition.NudgedMembers))
            errors.Add(fields["only_if"], "a step of kind wins knows one condition: {nudged_members: 3}.");
    }
}
