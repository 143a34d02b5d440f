using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NodaTime;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack.Installing;

/// <summary>
/// The calls around a token, before there is a workspace to call for. They take forms, the app proves itself in the header, and nothing of them is logged.
/// Whatever goes wrong is an answer; only a cancelled token throws.
/// </summary>
public sealed partial class SlackOAuth(HttpClient http, SlackSettings settings)
{
    static readonly Duration WithoutRetryAfter = Duration.FromSeconds(30);

    /// <summary>Where Slack asks somebody whether the app may come in. Without an address to come back to: the manifest names it.</summary>
    public Uri AuthorizeUrl(string state) => new(settings.ApiUrl,
        $"../oauth/v2/authorize?client_id={Uri.EscapeDataString(settings.ClientId!)}&scope={Uri.EscapeDataString(string.Join(',', SlackScopes.Bot))}&state={Uri.EscapeDataString(state)}");

    public Task<SlackAnswer> ExchangeAsync(string code, CancellationToken cancellation) => AccessAsync(new() { ["code"] = code }, cancellation);

    public Task<SlackAnswer> RefreshAsync(string refreshToken, CancellationToken cancellation) =>
        AccessAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken }, cancellation);

    /// <returns>The answer to <c>auth.test</c>, and the scopes that the token has.</returns>
    public Task<(SlackAnswer Answer, string Scopes)> TestAsync(string token, CancellationToken cancellation) =>
        PostAsync(SlackMethod.AuthTest, new AuthenticationHeaderValue("Bearer", token), [], cancellation);

    async Task<SlackAnswer> AccessAsync(Dictionary<string, string> form, CancellationToken cancellation)
    {
        var client = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.ClientId}:{settings.ClientSecret}"));
        return (await PostAsync(SlackMethod.OAuthAccess, new AuthenticationHeaderValue("Basic", client), form, cancellation)).Answer;
    }

    async Task<(SlackAnswer Answer, string Scopes)> PostAsync(SlackMethod method, AuthenticationHeaderValue authorization, Dictionary<string, string> form, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.ApiUrl, method.Name)) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = authorization;
        try
        {
            using var answer = await http.SendAsync(request, cancellation);
            var scopes = answer.Headers.TryGetValues("x-oauth-scopes", out var values) ? string.Join(',', values) : "";
            return (await ReadAsync(answer, cancellation), scopes);
        }
        catch (Exception error) when (error is HttpRequestException or JsonException || error is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return (new SlackAnswer.NoAnswer(error.GetType().Name), "");
        }
    }

    static async Task<SlackAnswer> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            return new SlackAnswer.Throttled(answer.Headers.RetryAfter?.Delta is { } delta ? Duration.FromTimeSpan(delta) : WithoutRetryAfter);
        if (!answer.IsSuccessStatusCode) return new SlackAnswer.NoAnswer($"status {(int)answer.StatusCode}");

        using var parsed = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation));
        var body = parsed.RootElement.Clone();
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("ok", out var ok)) return new SlackAnswer.NoAnswer("no ok");
        if (ok.ValueKind == JsonValueKind.True) return new SlackAnswer.Ok(body);
        return SlackGrant.Text(body, "error") is { } error && ErrorWord().IsMatch(error) ? Meant(error) : new SlackAnswer.NoAnswer("no error");
    }

    static SlackAnswer Meant(string error) => error switch
    {
        "ratelimited" => new SlackAnswer.Throttled(WithoutRetryAfter),
        "internal_error" or "fatal_error" or "service_unavailable" or "request_timeout" => new SlackAnswer.NoAnswer(error),
        _ => new SlackAnswer.Refused(error),
    };

    /// <summary>It is shown and logged, so it must be no more than a word.</summary>
    [GeneratedRegex("^[a-z0-9_]{1,64}$")]
    private static partial Regex ErrorWord();
}
