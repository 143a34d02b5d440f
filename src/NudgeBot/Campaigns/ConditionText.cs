namespace NudgeBot.Campaigns;

/// <summary>Conditions as people read them, after "only if".</summary>
public static class ConditionText
{
    public static string InWords(this Condition condition) => condition switch
    {
        Condition.UsedSinceDayZero => "used since day 0",
        Condition.AnsweredEarlier => "an earlier message was answered",
        Condition.UsedFewerThan { Times: 1 } c => $"no use on the {DatesBefore(c.Dates)}",
        Condition.UsedFewerThan c => $"used on fewer than {c.Times} of the {DatesBefore(c.Dates)}",
        Condition.NudgedMembers c => $"the team has at least {c.AtLeast} who get messages",
        Condition.Any c => string.Join(" or ", c.Of.Select(Part)),
        Condition.All c => string.Join(" and ", c.Of.Select(Part)),
        _ => throw new InvalidOperationException($"{condition.GetType().Name} is not handled."),
    };

    /// <summary>Whom a step is for and what its sending depends on, e.g. <c>for new and lapsed; only if used since day 0</c>; empty: everybody, always.</summary>
    public static string ConditionInWords(this Step step)
    {
        var parts = new List<string>();
        if (step.Entries.Count > 0) parts.Add($"for {string.Join(" and ", step.Entries.Select(entry => Words.Of(entry)))}");
        if (step.OnlyIf is { } condition) parts.Add(step.Otherwise is null ? $"only if {condition.InWords()}" : $"another message unless {condition.InWords()}");
        return string.Join("; ", parts);
    }

    static string Part(Condition condition) => condition is Condition.Any or Condition.All ? $"({condition.InWords()})" : condition.InWords();

    static string DatesBefore(int dates) => dates == 1 ? "date before" : $"{dates} dates before";
}
