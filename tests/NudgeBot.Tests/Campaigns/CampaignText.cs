namespace NudgeBot.Tests.Campaigns;

/// <summary>The smallest campaign that is valid, and its variations.</summary>
static class CampaignText
{
    public const string Smallest = """
        key: pilot
        name: A pilot
        tool: copilot
        owner: Ada@Example.com
        start: 2027-01-11
        steps:
          - key: hello
            day: 0
            at: 10:00
            kind: welcome
            text: welcome
        """;

    /// <summary>One line in place of another one, which must be there.</summary>
    public static string With(string line, string instead)
    {
        Smallest.ShouldContain(line);
        return Smallest.Replace(line, instead);
    }

    /// <summary>With one more field, from line 6, column 1.</summary>
    public static string WithField(string field) => With("steps:", $"{field}\nsteps:");

    /// <summary>With one more field of the step, from line 11, column 5.</summary>
    public static string WithStepField(string field) => With("    text: welcome", $"    {field}\n    text: welcome");

    /// <summary>A step of kind wins, with one more field from line 11, column 5.</summary>
    public static string WithWinsField(string field) => WithStepField(field).Replace("kind: welcome", "kind: wins");
}
