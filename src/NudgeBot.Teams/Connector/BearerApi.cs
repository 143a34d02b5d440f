using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;

namespace NudgeBot.Teams.Connector;

/// <summary>
/// Calls with the bot's token: those who call see to it that the token goes nowhere else, and that the call is due. Whatever goes wrong is an answer, and
/// only a cancelled token throws. Logs nothing.
/// </summary>
/// <param name="http">From <see cref="TeamsHttp"/>.</param>
sealed class BearerApi(HttpClient http, BotTokens tokens)
{
    static readonly Duration WithoutRetryAfter = Duration.FromSeconds(30);
    static readonly Duration LongestRetryAfter = Duration.FromHours(1);

    /// <summary>Several things were done to one conversation at once: a moment later it can be done.</summary>
    static readonly Duration Moment = Duration.FromSeconds(2);

    /// <param name="body">Null for what is read.</param>
    /// <param name="turn">Asked when there is a token, which may take its time: null where the call leaves now, else why it does not.</param>
    public async Task<TeamsAnswer> CallAsync(
        HttpMethod method, Uri url, JsonObject? body, CancellationToken cancellation, Func<CancellationToken, Task<TeamsAnswer?>>? turn = null)
    {
        var token = await tokens.GetAsync(refused: null, cancellation);
        if (token.Failed is not null) return token.Failed;
        if (turn is not null && await turn(cancellation) is { } notNow) return notNow;
        var answer = await SendAsync(method, url, body, token, cancellation);
        if (answer is not TeamsAnswer.Refused { Status: TeamsError.Unauthorized } || token.Value is null) return answer;

        // Revoked before its time, or Microsoft's keys have changed: not done, so it can be said again.
        token = await tokens.GetAsync(token.Value, cancellation);
        return token.Failed ?? await SendAsync(method, url, body, token, cancellation);
    }

    async Task<TeamsAnswer> SendAsync(HttpMethod method, Uri url, JsonObject? body, BotToken token, CancellationToken cancellation)
    {
        using var content = body is null ? null : new TeamsRequestContent(body);
        using var request = new HttpRequestMessage(method, url) { Content = content };
        if (token.Value is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        try
        {
            // Read to its end here, and no further than the client's limit.
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation);
            return Read(answer, await answer.Content.ReadAsByteArrayAsync(cancellation));
        }
        catch (Exception error) when (error is HttpRequestException or JsonException || error is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return new TeamsAnswer.NoAnswer(error is HttpRequestException failed ? failed.HttpRequestError.ToString() : error.GetType().Name, NeverLeft: content is { BeganToBeWritten: false });
        }
    }

    static TeamsAnswer Read(HttpResponseMessage answer, byte[] body) => answer.StatusCode switch
    {
        HttpStatusCode.TooManyRequests => new TeamsAnswer.Throttled(RetryAfter(answer) ?? WithoutRetryAfter),
        HttpStatusCode.PreconditionFailed => new TeamsAnswer.Throttled(RetryAfter(answer) ?? Moment, IsOfConversation: true),
        _ when answer.IsSuccessStatusCode => Done(body),
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.RequestTimeout =>
            new TeamsAnswer.Refused((int)answer.StatusCode, ErrorWord.Of(body)),
        var status => new TeamsAnswer.NoAnswer($"status {(int)status}"),
    };

    static TeamsAnswer Done(byte[] body)
    {
        using var parsed = JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body);
        return parsed.RootElement.ValueKind == JsonValueKind.Object ? new TeamsAnswer.Ok(parsed.RootElement.Clone()) : new TeamsAnswer.NoAnswer("no object");
    }

    static Duration? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter?.Delta is { } delta
        ? Duration.Max(Duration.FromSeconds(1), Duration.Min(Duration.FromTimeSpan(delta), LongestRetryAfter))
        : null;
}
