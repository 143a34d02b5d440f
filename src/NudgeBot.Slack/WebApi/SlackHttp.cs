namespace NudgeBot.Slack.WebApi;

/// <summary>The connections to Slack, for as long as the program runs.</summary>
public static class SlackHttp
{
    /// <summary>How long a call may take, connecting included. A claimed message's lease is longer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>A page of 200 people with everything in their profiles is far below it.</summary>
    const int LongestAnswer = 8 * 1024 * 1024;

    /// <summary>Slack answers where it is asked: a redirect would carry a token somewhere else.</summary>
    public static HttpClient Client(TimeSpan? patience = null) => new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = patience ?? Patience,
        MaxResponseContentBufferSize = LongestAnswer,
    };
}
