using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.Calling;

/// <summary>Socket Mode: the app opens web sockets, and what it is told comes in envelopes that it acknowledges by their ids.</summary>
public sealed class Sockets(FakeSlackServer server)
{
    /// <summary>How long after a request to reconnect the old socket is left open.</summary>
    static readonly Duration Farewell = Duration.FromSeconds(10);

    readonly ConcurrentDictionary<string, byte> _tickets = [];
    readonly ConcurrentDictionary<SocketLine, byte> _lines = [];
    readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> _awaited = [];
    int _turn;

    /// <summary>Open ones that have not been asked to reconnect.</summary>
    public int Connections => _lines.Keys.Count(line => !line.Leaves);

    /// <summary>Works for one connection.</summary>
    internal Uri NewUrl()
    {
        var ticket = Ids.Secret(16);
        _tickets.TryAdd(ticket, 0);
        return new UriBuilder(new Uri(server.Address, "link")) { Scheme = "ws", Query = $"ticket={ticket}&app_id={server.App.Id}" }.Uri;
    }

    internal async Task HandleAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest || !_tickets.TryRemove(http.Request.Query["ticket"].ToString(), out _))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.FromSeconds(5), KeepAliveTimeout = TimeSpan.FromSeconds(20) });
        using var line = new SocketLine(socket);
        _lines.TryAdd(line, 0);
        try
        {
            await line.SendAsync(Hello(), server.Stopping);
            while (await line.ReceiveAsync(server.Stopping) is { } text) Take(text);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            // The app went away, or this server does.
        }
        finally
        {
            _lines.TryRemove(line, out _);
        }
    }

    JsonObject Hello() => new()
    {
        ["type"] = "hello",
        ["num_connections"] = _lines.Count,
        ["connection_info"] = new JsonObject { ["app_id"] = server.App.Id },
        ["debug_info"] = Debug(),
    };

    static JsonObject Debug() => new() { ["host"] = "applink-fake", ["build_number"] = 1, ["approximate_connection_time"] = 18060 };

    void Take(string text)
    {
        if (Parse(text) is not { } envelope || (string?)envelope["envelope_id"] is not { } id) return;
        if (_awaited.TryRemove(id, out var waiting)) waiting.TrySetResult(envelope);
    }

    static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Tells every connected app to open new connections; the old ones get nothing more and are closed soon.</summary>
    /// <param name="reason"><c>refresh_requested</c>, <c>warning</c> (nothing is closed yet) or <c>link_disabled</c>.</param>
    public async Task DisconnectAsync(string reason = "refresh_requested")
    {
        foreach (var line in _lines.Keys)
        {
            line.Leaves = reason != "warning";
            await line.SendAsync(new JsonObject { ["type"] = "disconnect", ["reason"] = reason, ["debug_info"] = Debug() }, server.Stopping);
            if (line.Leaves)
            {
                server.Run(async () =>
                {
                    await server.Time.WaitAsync(Farewell, server.Stopping);
                    await line.CloseAsync();
                });
            }
        }
    }

    internal async Task<Attempt> AttemptAsync(Delivery delivery, int retry, string? failureBefore)
    {
        var began = server.Time.Now;
        var lines = _lines.Keys.Where(line => !line.Leaves).ToList();
        if (lines.Count == 0) return new Attempt(retry, null, null, "", "connection_failed", Duration.Zero);

        var id = Guid.NewGuid().ToString();
        var acknowledged = _awaited[id] = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var deadline = server.Time.Deadline(AppRequests.Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, server.Stopping);
        try
        {
            await lines[Interlocked.Increment(ref _turn) % lines.Count].SendAsync(Envelope(id, delivery, retry, failureBefore), either.Token);
            var answer = await acknowledged.Task.WaitAsync(either.Token);
            return new Attempt(retry, null, StatusCodes.Status200OK, answer["payload"]?.ToJsonString(Json.Relaxed) ?? "", null, server.Time.Now - began);
        }
        catch (OperationCanceledException)
        {
            return new Attempt(retry, null, null, "", "timeout", server.Time.Now - began);
        }
        catch (WebSocketException)
        {
            return new Attempt(retry, null, null, "", "connection_failed", server.Time.Now - began);
        }
        finally
        {
            _awaited.TryRemove(id, out _);
        }
    }

    static JsonObject Envelope(string id, Delivery delivery, int retry, string? failureBefore)
    {
        var envelope = new JsonObject
        {
            ["envelope_id"] = id,
            ["type"] = delivery.Kind,
            ["accepts_response_payload"] = delivery.Kind != DeliveryKind.Event,
            ["payload"] = delivery.Payload.DeepClone(),
        };
        if (delivery.Kind == DeliveryKind.Event) (envelope["retry_attempt"], envelope["retry_reason"]) = (retry, failureBefore ?? "");
        return envelope;
    }
}
