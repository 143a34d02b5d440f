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
    /// <inheritdoc cref="BearerApi.CallAsync"/>
    public async Task<TeamsAnswer> CallAsync(
        HttpMethod method, Uri serviceUrl, string path, JsonObject? body, CancellationToken cancellation, Func<CancellationToken, Task<TeamsAnswer?>>? turn = null) =>
        hosts.Allow(serviceUrl.OriginalString)
            ? await api.CallAsync(method, new Uri($"{serviceUrl.OriginalString.TrimEnd('/')}/v3/{path}"), body, cancellation, turn)
            : new TeamsAnswer.Refused(TeamsError.Forbidden, TeamsError.ForeignServiceUrl);
}
