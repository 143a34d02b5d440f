using System.Text.RegularExpressions;

namespace NudgeBot.TeamPosts;

/// <summary>A channel as somebody names it: by the link that the chat's menu copies, or by its id.</summary>
/// <param name="Platform">The word of the platform that has such ids.</param>
sealed partial record ChannelName(string Platform, string Id)
{
    /// <returns>Null where it is neither.</returns>
    public static ChannelName? Parse(string said)
    {
        var text = said.Trim().Trim('<', '>');
        if (Slack().Match(text) is { Success: true } slack) return new ChannelName("slack", slack.Groups["id"].Value);
        return Teams().Match(Uri.UnescapeDataString(text)) is { Success: true } teams ? new ChannelName("teams", teams.Value) : null;
    }

    [GeneratedRegex(@"^(#|https://[a-z0-9.-]+\.slack\.com/archives/)?(?<id>[CG][A-Z0-9]{6,20})([/|?].*)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Slack();

    [GeneratedRegex(@"19:[A-Za-z0-9_-]{8,}@thread\.(tacv2|skype)", RegexOptions.ExplicitCapture)]
    private static partial Regex Teams();
}
