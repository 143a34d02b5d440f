using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;

namespace NudgeBot.FakeTeams.Calling;

/// <summary>Activities on their way to the bot: signed, sent, and answered or not.</summary>
public sealed class Deliveries(FakeTeamsServer server) : IDisposable
{
    /// <summary>The bot must have answered by then.</summary>
    static readonly Duration Patience = Duration.FromSeconds(15);

    readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
    readonly Lock _gate = new();
    readonly List<Delivery> _all = [];
    int _duplicates;

    /// <summary>In the order in which they were first tried.</summary>
    public IReadOnlyList<Delivery> All
    {
        get
        {
            lock (_gate) return [.. _all];
        }
    }

    /// <summary>The next activities come twice, with the same id.</summary>
    public void DuplicateNext(int activities = 1)
    {
        lock (_gate) _duplicates += activities;
    }

    /// <summary>Delivers once more what was delivered before, as it was; under a new token.</summary>
    public Task<Attempt> AgainAsync(Delivery delivery) => AttemptAsync(delivery);

    /// <summary>Signs and sends any activity, such as one that Teams itself would not send.</summary>
    public async Task<Delivery> SendAsync(JsonObject activity)
    {
        var delivery = new Delivery(activity);
        bool twice;
        lock (_gate)
        {
            _all.Add(delivery);
            twice = _duplicates > 0 && _duplicates-- > 0;
        }
        await AttemptAsync(delivery);
        if (twice) await AttemptAsync(delivery);
        return delivery;
    }

    async Task<Attempt> AttemptAsync(Delivery delivery)
    {
        var url = server.Bot.MessagesUrl ?? throw new InvalidOperationException("The bot has no address: set FakeTeamsServer.Bot.MessagesUrl.");
        var body = delivery.Activity.ToJsonString(Json.Relaxed);
        var authorization = $"Bearer {server.BotFramework.Token(delivery.Activity.Text("serviceUrl") ?? "")}";
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-8");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        request.Headers.TryAddWithoutValidation("User-Agent", "Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)");

        using var deadline = server.Time.Deadline(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, server.Stopping);
        var began = server.Time.Now;
        Attempt attempt;
        try
        {
            using var answer = await _http.SendAsync(request, either.Token);
            var said = await answer.Content.ReadAsStringAsync(either.Token);
            attempt = new Attempt(body, authorization, (int)answer.StatusCode, said, answer.IsSuccessStatusCode ? null : "http-error", server.Time.Now - began);
        }
        catch (OperationCanceledException)
        {
            attempt = new Attempt(body, authorization, null, "", "timed-out", server.Time.Now - began);
        }
        catch (HttpRequestException)
        {
            attempt = new Attempt(body, authorization, null, "", "connection-failed", server.Time.Now - began);
        }
        delivery.Add(attempt);
        return attempt;
    }

    public void Dispose() => _http.Dispose();
}
