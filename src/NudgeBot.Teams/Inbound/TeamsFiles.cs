using NudgeBot.Chat;

namespace NudgeBot.Teams.Inbound;

/// <summary>
/// Files that people send to the bot. Teams puts them into the sender's OneDrive and tells an address that is all it takes to read them for some
/// minutes: nothing of ours is sent there, and it is believed only where it is Microsoft's.
/// </summary>
/// <param name="http">From <see cref="Connector.TeamsHttp"/>: follows no redirects.</param>
/// <param name="others">Host names besides Microsoft's.</param>
/// <param name="withThisMachine">For development: a Teams on loopback, without https.</param>
sealed class TeamsFiles(HttpClient http, IReadOnlyList<string> others, bool withThisMachine)
{
    static readonly string[] Homes = [".sharepoint.com", ".sharepoint.us"];

    public async Task<AttachedFile> ReadAsync(string url, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var at) || !IsAllowed(at)) return AttachedFile.NotReached;
        try
        {
            using var answer = await http.GetAsync(at, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!answer.IsSuccessStatusCode) return AttachedFile.NotReached;
            await using var content = await answer.Content.ReadAsStreamAsync(cancellation);
            return await AttachedFile.ReadAsync(content, cancellation);
        }
        catch (Exception error) when (error is HttpRequestException or IOException || error is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return AttachedFile.NotReached;
        }
    }

    public bool IsAllowed(Uri url) =>
        url.UserInfo.Length == 0
        && (withThisMachine && url.IsLoopback && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            || url.Scheme == Uri.UriSchemeHttps && url.IsDefaultPort
                && (Homes.Any(home => url.IdnHost.EndsWith(home, StringComparison.Ordinal)) || others.Contains(url.IdnHost, StringComparer.OrdinalIgnoreCase)));
}
