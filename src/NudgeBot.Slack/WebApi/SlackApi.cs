using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using NudgeBot.Chat;
using NudgeBot.Slack.Installing;

namespace NudgeBot.Slack.WebApi;

/// <summary>
/// Calls Slack's Web API as it is published: the bot's token in the header, <c>ok</c> and <c>error</c> in the answer. Whether a call is due is the
/// caller's affair (see <see cref="SlackCalls"/>); whatever goes wrong is an answer, and only a cancelled token throws. Logs nothing.
/// </summary>
/// <param name="http">From <see cref="SlackHttp"/>.</param>
public sealed class SlackApi(HttpClient http, SlackSettings settings, SlackTokens tokens)
{
    static readonly Duration WithoutRetryAfter = Duration.FromSeconds(30);
    static readonly Duration LongestRetryAfter = Duration.FromHours(1);

    static readonly AttachedFile MayNotReadFiles = new AttachedFile.Unusable(
        "Slack does not let me read files here: the app was installed without the permission `files:read`. Install it again, or paste what is in the file.");

    /// <returns><c>not_authed</c> where the app is not installed any more.</returns>
    public async Task<SlackAnswer> CallAsync(Workspace workspace, SlackMethod method, JsonObject arguments, CancellationToken cancellation)
    {
        if (await tokens.OfAsync(workspace, cancellation) is not { } token) return new SlackAnswer.Refused("not_authed");
        return await CallAsync(token, method, arguments, cancellation);
    }

    /// <summary>With a token of the caller's: while installing, and for app-level tokens.</summary>
    public async Task<SlackAnswer> CallAsync(string token, SlackMethod method, JsonObject arguments, CancellationToken cancellation)
    {
        using var content = new SlackRequestContent(method, arguments);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.ApiUrl, method.Name)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            // Read to its end here, and no further than the client's limit.
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation);
            return Read(answer, await answer.Content.ReadAsByteArrayAsync(cancellation));
        }
        catch (Exception error) when (error is HttpRequestException or JsonException || error is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return new SlackAnswer.NoAnswer(error is HttpRequestException http ? http.HttpRequestError.ToString() : error.GetType().Name, NeverLeft: !content.BeganToBeWritten);
        }
    }

    /// <summary>A file that somebody sent to the bot. The token goes to Slack alone, whatever the address says.</summary>
    internal async Task<AttachedFile> ReadFileAsync(Workspace workspace, string url, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var at) || !IsSlacks(at) || await tokens.OfAsync(workspace, cancellation) is not { } token) return AttachedFile.NotReached;
        using var request = new HttpRequestMessage(HttpMethod.Get, at);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            // Whoever may not read it is sent to a page to sign in.
            if (answer.StatusCode == HttpStatusCode.Redirect || answer.Content.Headers.ContentType?.MediaType == "text/html") return MayNotReadFiles;
            if (!answer.IsSuccessStatusCode) return AttachedFile.NotReached;
            await using var content = await answer.Content.ReadAsStreamAsync(cancellation);
            return await AttachedFile.ReadAsync(content, cancellation);
        }
        catch (Exception error) when (error is HttpRequestException or IOException || error is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return AttachedFile.NotReached;
        }
    }

    bool IsSlacks(Uri url) =>
        url.UserInfo.Length == 0
        && (url.Scheme == Uri.UriSchemeHttps && url.IsDefaultPort && url.IdnHost.EndsWith(".slack.com", StringComparison.Ordinal)
            || url.GetLeftPart(UriPartial.Authority) == settings.ApiUrl.GetLeftPart(UriPartial.Authority));

    static SlackAnswer Read(HttpResponseMessage answer, byte[] body)
    {
        if (answer.StatusCode == HttpStatusCode.TooManyRequests) return new SlackAnswer.Throttled(RetryAfter(answer));
        if (!answer.IsSuccessStatusCode) return new SlackAnswer.NoAnswer($"status {(int)answer.StatusCode}");

        using var parsed = JsonDocument.Parse(body);
        var root = parsed.RootElement.Clone();
        if (root is not { ValueKind: JsonValueKind.Object } || !root.TryGetProperty("ok", out var ok)) return new SlackAnswer.NoAnswer("no ok");
        if (ok.ValueKind == JsonValueKind.True) return new SlackAnswer.Ok(root);
        if (ok.ValueKind != JsonValueKind.False || Text(root, "error") is not { } error) return new SlackAnswer.NoAnswer("no error");
        return SlackError.Of(error) switch
        {
            SlackError.Wait wait when error is "ratelimited" or "rate_limited" => new SlackAnswer.Throttled(wait.For),
            SlackError.Unsure => new SlackAnswer.NoAnswer(error),
            _ => new SlackAnswer.Refused(error, Text(root, "needed")),
        };
    }

    static Duration RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter?.Delta is { } delta
        ? Duration.Max(Duration.FromSeconds(1), Duration.Min(Duration.FromTimeSpan(delta), LongestRetryAfter))
        : WithoutRetryAfter;

    static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
