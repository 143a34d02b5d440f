namespace NudgeBot.Teams.Inbound;

/// <summary>
/// Where the bot's token may be sent. An activity names its service URL itself, and the token that comes with it repeats it; that it is Teams' as well is
/// what keeps a stranger with some other channel's token from collecting the bot's own.
/// </summary>
/// <param name="others">Host names besides Microsoft's.</param>
/// <param name="withThisMachine">For development: a Teams on loopback, without https.</param>
sealed class ServiceUrls(IReadOnlyList<string> others, bool withThisMachine)
{
    public bool Allow(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0
        && (withThisMachine && url.IsLoopback && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            || url.Scheme == Uri.UriSchemeHttps && url.IsDefaultPort && (IsTeams(url.IdnHost) || others.Contains(url.IdnHost, StringComparer.OrdinalIgnoreCase)));

    /// <summary>Everybody's, and the US government's GCC. The separate clouds have other issuers and other keys, and are not reached with these.</summary>
    static bool IsTeams(string host) =>
        host == "smba.trafficmanager.net" || (host.StartsWith("smba.", StringComparison.Ordinal) && host.EndsWith(".teams.microsoft.com", StringComparison.Ordinal));
}
