using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;

namespace NudgeBot.FakeSlack.Calling;

/// <summary>Requests from Slack to the app: signed and sent to its URLs, or over one of its sockets.</summary>
sealed class AppRequests(FakeSlackServer server) : IDisposable
{
    /// <summary>The app must have acknowledged by then.</summary>
    public static readonly Duration Patience = Duration.FromSeconds(3);

    readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
    readonly Lock _gate = new();
    readonly List<Delivery> _all = [];

    public IReadOnlyList<Delivery> All
    {
        get
        {
            lock (_gate) return [.. _all];
        }
    }

    public Delivery Begin(string kind, JsonObject payload)
    {
        var delivery = new Delivery(kind, payload);
        lock (_gate) _all.Add(delivery);
        return delivery;
    }

    /// <summary>Once, without a retry: a person is waiting in front of it.</summary>
    public async Task<Delivery> AskAsync(string kind, JsonObject payload)
    {
        var delivery = Begin(kind, payload);
        await AttemptAsync(delivery, retry: 0, failureBefore: null);
        delivery.Settle();
        return delivery;
    }

    public async Task<Attempt> AttemptAsync(Delivery delivery, int retry, string? failureBefore)
    {
        var attempt = server.App.UsesSocketMode
            ? await server.Sockets.AttemptAsync(delivery, retry, failureBefore)
            : await PostAsync(delivery, retry, failureBefore);
        delivery.Add(attempt);
        var outcome = attempt.Status?.ToString(CultureInfo.InvariantCulture) ?? attempt.Failure ?? "no answer";
        server.Traffic.Add(Direction.ToApp, delivery.What + (retry > 0 ? $" (retry {retry})" : ""), outcome, attempt.Acknowledged, attempt.Took, server.Time.Now,
            delivery.Payload.ToJsonString(Json.Relaxed), attempt.Body);
        return attempt;
    }

    async Task<Attempt> PostAsync(Delivery delivery, int retry, string? failureBefore)
    {
        var signed = Sign(delivery, retry, failureBefore);
        using var request = new HttpRequestMessage(HttpMethod.Post, signed.Url);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(signed.Body));
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(signed.ContentType);
        foreach (var (name, value) in signed.Headers) request.Headers.TryAddWithoutValidation(name, value);

        using var deadline = server.Time.Deadline(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, server.Stopping);
        var began = server.Time.Now;
        try
        {
            using var answer = await _http.SendAsync(request, either.Token);
            var body = await answer.Content.ReadAsStringAsync(either.Token);
            return new Attempt(retry, signed, (int)answer.StatusCode, body, answer.IsSuccessStatusCode ? null : "http_error", server.Time.Now - began,
                answer.Headers.TryGetValues("X-Slack-No-Retry", out var no) && no.Contains("1"));
        }
        catch (OperationCanceledException)
        {
            return new Attempt(retry, signed, null, "", "http_timeout", server.Time.Now - began);
        }
        catch (HttpRequestException)
        {
            return new Attempt(retry, signed, null, "", "connection_failed", server.Time.Now - began);
        }
    }

    SignedRequest Sign(Delivery delivery, int retry, string? failureBefore)
    {
        var json = delivery.Payload.ToJsonString(Json.Relaxed);
        var (url, type, body) = delivery.Kind switch
        {
            DeliveryKind.Event => (server.App.EventsUrl, "application/json", json),
            DeliveryKind.Command => (server.App.CommandsUrl, "application/x-www-form-urlencoded", Form(delivery.Payload)),
            _ when (string?)delivery.Payload["type"] == "block_suggestion" => (server.App.OptionsUrl, "application/x-www-form-urlencoded", Form(new() { ["payload"] = json })),
            _ => (server.App.InteractivityUrl, "application/x-www-form-urlencoded", Form(new() { ["payload"] = json })),
        };
        if (url is null) throw new InvalidOperationException($"The app has no URL for {delivery.Kind}: set it in FakeSlackServer.App.");
        var timestamp = server.Time.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>
        {
            ["User-Agent"] = "Slackbot 1.0 (+https://api.slack.com/robots)",
            ["X-Slack-Request-Timestamp"] = timestamp,
            ["X-Slack-Signature"] = Signature(server.App.SigningSecret, timestamp, body),
        };
        if (retry > 0)
        {
            headers["X-Slack-Retry-Num"] = retry.ToString(CultureInfo.InvariantCulture);
            headers["X-Slack-Retry-Reason"] = failureBefore ?? "unknown_error";
        }
        return new SignedRequest(url, type, body, headers);
    }

    public static string Signature(string secret, string timestamp, string body) =>
        "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}")));

    static string Form(JsonObject fields) => string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value!.ToString()).Replace("%20", "+")}"));

    public void Dispose() => _http.Dispose();
}
