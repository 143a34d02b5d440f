using System.Text.RegularExpressions;

namespace NudgeBot.Guides;

public static partial class Placeholders
{
    /// <summary>
    /// Puts values in place of <c>{name}</c> and its like. Braces of other names stay, since prompts contain code; braces inside a value
    /// are not looked at. What a person typed must be escaped before.
    /// </summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        InBraces().Replace(text, found => values.GetValueOrDefault(found.Groups[1].Value) ?? found.Value);

    [GeneratedRegex(@"\{([a-z_]+)\}")]
    private static partial Regex InBraces();
}
