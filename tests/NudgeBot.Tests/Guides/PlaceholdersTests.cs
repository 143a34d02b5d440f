using NudgeBot.Guides;

namespace NudgeBot.Tests.Guides;

public class PlaceholdersTests
{
    static readonly Dictionary<string, string> Values = new() { ["name"] = "Ada", ["tool"] = "{name}" };

    [Theory]
    [InlineData("Hi {name}, {name}!", "Hi Ada, Ada!")]
    [InlineData("{tool}", "{name}")]
    [InlineData("{team} and {Name}", "{team} and {Name}")]
    [InlineData("if (x) { return {name}; } {}", "if (x) { return Ada; } {}")]
    public void Fills_what_is_known_once_and_leaves_other_braces(string text, string filled) => Placeholders.Fill(text, Values).ShouldBe(filled);
}
