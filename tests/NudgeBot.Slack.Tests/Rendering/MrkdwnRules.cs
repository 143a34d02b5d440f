using System.Text.RegularExpressions;

namespace NudgeBot.Slack.Tests.Rendering;

/// <summary>What must not happen in mrkdwn: control sequences that are no links of the allowed kinds, entities that are none, marks left open.</summary>
static partial class MrkdwnRules
{
    public static IEnumerable<string> Broken(string mrkdwn)
    {
        var rest = Link().Replace(Fence().Replace(mrkdwn, "\n"), "");
        foreach (var line in rest.Split('\n').Select(line => QuoteSigns().Replace(line, "")))
        {
            if (line.Contains('<') || line.Contains('>')) yield return $"a control sequence in: {line}";
            if (Ampersand().IsMatch(line)) yield return $"an ampersand that is no entity in: {line}";
            if (line.Count(c => c == '`') % 2 != 0) yield return $"code that does not end in: {line}";
        }
    }

    [GeneratedRegex(@"<(https?://|mailto:)[^<>|\n]+(\|[^<>|\n]+)?>", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<=^|\n)```\n([^`]*)\n```(?=$|\n)")]
    private static partial Regex Fence();

    [GeneratedRegex(@"^((> ?)|    |[•◦▪] |\d+\. )+", RegexOptions.ExplicitCapture)]
    private static partial Regex QuoteSigns();

    [GeneratedRegex("&(?!amp;|lt;|gt;)")]
    private static partial Regex Ampersand();
}
