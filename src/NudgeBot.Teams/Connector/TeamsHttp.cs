namespace NudgeBot.Teams.Connector;

/// <summary>The connections to Teams and to Microsoft's login, for as long as the program runs.</summary>
static class TeamsHttp
{
    /// <summary>How long a call may take, connecting included. A claimed message's lease is longer than a call, a fresh token and a second call.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    const int LongestAnswer = 1024 * 1024;

    /// <summary>Of Graph: a page of a few hundred people, each with the plans of every licence.</summary>
    public const int LongestPage = 32 * LongestAnswer;

    /// <summary>Teams answers where it is asked: a redirect would carry a token somewhere else.</summary>
    public static HttpClient Client(TimeSpan? patience = null, int longestAnswer = LongestAnswer) => new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = patience ?? Patience,
        MaxResponseContentBufferSize = longestAnswer,
    };
}
