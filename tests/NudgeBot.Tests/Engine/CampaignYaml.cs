namespace NudgeBot.Tests.Engine;

/// <summary>Short campaigns for tests: they start on Monday 9 March 2026, and nobody is held out unless a test says so.</summary>
static class CampaignYaml
{
    public const string Welcome = """- {key: hello, day: 0, at: "10:00", kind: welcome, text: welcome}""";

    public static string Of(string steps, string key = "pilot", string fields = "") => $"""
        key: {key}
        name: The pilot
        tool: copilot
        tool_name: Copilot
        owner: owner@acme.com
        start: 2026-03-09
        {(fields.Contains("holdout:") ? "" : "holdout: 0")}
        {fields.ReplaceLineEndings("\n")}
        steps:
        {Indented(steps)}
        """;

    /// <summary>One step a day from day 0, at ten: as many as there are kinds.</summary>
    public static string Daily(params string[] kinds) =>
        string.Join('\n', kinds.Select((kind, day) => $$"""- {key: step-{{day}}, day: {{day}}, at: "10:00", kind: {{kind}}, text: {{TextFor(kind)}}}"""));

    static string TextFor(string kind) => kind switch
    {
        "welcome" => "welcome",
        "guide" => "day-1",
        "check-in" => "check-in-day-3",
        "re-engagement" => "re-engagement-day-10",
        "pulse" => "pulse",
        "milestone" => "milestone-day-30",
        "wins" => "wins",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such step kind."),
    };

    static string Indented(string steps) => string.Join('\n', steps.ReplaceLineEndings("\n").Split('\n').Select(line => $"  {line}"));
}
