using System.Text.RegularExpressions;
using NudgeBot.Files;

namespace NudgeBot.Campaigns;

/// <summary>Where a text is looked for when nothing was written for a person's own locale and role: <c>locale/role</c>, with placeholders.</summary>
public static partial class FallbackPattern
{
    public static readonly IReadOnlyList<string> Default = ["{locale}/any", "en/{role}", "en/any"];

    const string Rule = "must be a locale or {locale}, a slash, and a role or {role}, like \"{locale}/any\".";

    internal static IReadOnlyList<string> ReadAll(Node node, Values values) => values.List(node, one => values.Matching(one, Shape(), Rule));

    [GeneratedRegex(@"^(\{locale\}|[A-Za-z]{2,3}(-[A-Za-z0-9]+)*)/(\{role\}|[a-z0-9]+(-[a-z0-9]+)*)$")]
    private static partial Regex Shape();
}
