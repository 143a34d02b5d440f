using System.Text.Json.Nodes;
using NudgeBot.Teams.Inbound;

namespace NudgeBot.Teams.Connector;

/// <summary>Calls the Bot Framework's connector, where <see cref="ServiceUrls"/> lets the bot's token go and nowhere else.</summary>
/// <param name="http">From <see cref="TeamsHttp"/>.</param>
sealed class TeamsApi(HttpClient http, BotTokens tokens, ServiceUrls hosts)
{
    readonly BearerApi api = new(http, tokens);

    /// <param name="path">After <c>v3/</c>, escaped.</param>
    /// <param name="body">Null for what is read.</param>
    public async Task<TeamsAnswer> CallAsync(HttpMethod method, Uri serviceUrl, string path, JsonObject? body, CancellationToken cancellation) =>
        hosts.Allow(serviceUrl.OriginalString)
            ? await api.CallAsync(method, new Uri($"{serviceUrl.OriginalString.TrimEnd('/')}/v3/{path}"), body, cancellation)
            : new TeamsAnswer.Refused(TeamsError.Forbidden, TeamsError.ForeignServiceUrl);
}
