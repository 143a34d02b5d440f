using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using NudgeBot.Chat;
using NudgeBot.Slack.Installing;

namespace NudgeBot.Slack.WebApi;

/// <summary>
/// Calls Slack's Web API as it is published: a JSON body, the bot's token in the header, <c>ok</c> and <c>error</c> in the answer. Whether a call is due is
/// the caller's affair (see the budgets); whatever goes wrong is an answer, and only a cancelled token throws.
/// </summary>
public sealed class SlackApi(HttpClient http, SlackSettings settings, SlackTokens tokens)
{
    static readonly Duration WithoutRetryAfter = Duration.FromSeconds(30);

    public async Task<SlackAnswer> CallAsync(Workspace workspace, SlackMethod method, JsonObject arguments, CancellationToken cancellation)
    {
        if (await tokens.OfAsync(workspace, cancellation) is not { } token) return new SlackAnswer.Refused("not_authed");
        return await CallAsync(token, method, arguments, cancellation);
    }

    /// <summary>With a token of the caller's: while installing, and for app-level tokens.</summary>
    public async Task<SlackAnswer> CallAsync(string token, SlackMethod method, JsonObject arguments, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.ApiUrl, method.Name));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = JsonContent.Create(arguments, new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" });
        try
        {
            using var answer = await http.SendAsync(request, cancellation);
            return await ReadAsync(answer, cancellation);
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return new SlackAnswer.NoAnswer(error.GetType().Name);
        }
    }

    static async Task<SlackAnswer> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            return new SlackAnswer.Throttled(answer.Headers.RetryAfter?.Delta is { } delta ? Duration.FromTimeSpan(delta) : WithoutRetryAfter);
        if (!answer.IsSuccessStatusCode) return new SlackAnswer.NoAnswer($"status {(int)answer.StatusCode}");

        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        if (body.GetProperty("ok").GetBoolean()) return new SlackAnswer.Ok(body);
        var error = body.GetProperty("error").GetString()!;
        return error == "ratelimited" ? new SlackAnswer.Throttled(WithoutRetryAfter)
            : new SlackAnswer.Refused(error, body.TryGetProperty("needed", out var needed) ? needed.GetString() : null);
    }
}
