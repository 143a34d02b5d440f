namespace NudgeBot.Slack.Rendering;

/// <summary><c>&lt;url|label&gt;</c>, for addresses that lead to the web or to somebody's mail.</summary>
static class MrkdwnLink
{
    const int LongestUrl = 1000;
    const int LongestLabel = 500;

    /// <returns>Null where it may not be a link, or is too long for one: its words then stand for themselves.</returns>
    public static string? Of(string url, string label)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http" or "mailto")) return null;
        var address = uri.AbsoluteUri.Replace("|", "%7C").Replace("<", "%3C").Replace(">", "%3E").Replace("&", "&amp;");
        var words = MrkdwnEscape.Literal(label, insideMarks: true).Replace('|', '∣');
        if (address.Length > LongestUrl || words.Length > LongestLabel) return null;
        return string.IsNullOrWhiteSpace(words) ? $"<{address}>" : $"<{address}|{words}>";
    }
}
