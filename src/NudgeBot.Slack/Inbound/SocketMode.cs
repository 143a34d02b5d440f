using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using NodaTime;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack.Inbound;

/// <summary>
/// Socket Mode: Slack delivers over a WebSocket that this program opens, so that no address of it need be public. One connection after the other; where Slack
/// announces that it will close one, the next is open before. A connection that broke is followed by another, after a pause that grows.
/// </summary>
sealed class SocketMode(SlackApi api, SlackSettings settings, Func<SlackDelivery, CancellationToken, Task<SlackAck>> receive, ILogger log)
{
    static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>For what is under way on a connection whose successor is open.</summary>
    static readonly TimeSpan ClosesWithin = TimeSpan.FromSeconds(5);

    readonly Lock gate = new();
    int greeted;
    Instant? deafSince = Now;

    /// <summary>By the wire clock: since then no connection is open over which Slack delivers; null while one is.</summary>
    public Instant? DeafSince
    {
        get { lock (gate) return deafSince; }
    }

    /// <summary>Until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var pause = ShortestPause;
        var old = new List<Task>();
        while (!cancellation.IsCancellationRequested)
        {
            var connection = await OpenAsync(cancellation);
            if (connection is not null)
            {
                var replaced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var listening = ListenAsync(connection, replaced, cancellation);
                old.RemoveAll(one => one.IsCompleted);
                old.Add(listening);
                // Either it is to be replaced while it still works, or it is over.
                await Task.WhenAny(replaced.Task, listening);
                if (connection.WasGreeted) pause = ShortestPause;
                // One that was sent away before it was greeted (there are too many) would be again.
                if (replaced.Task.IsCompleted && connection.WasGreeted) continue;
            }
            await Task.Delay(pause, WireClock.System, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
        await Task.WhenAll(old);
    }

    /// <returns>Null where it cannot be opened now.</returns>
    async Task<SocketConnection?> OpenAsync(CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        try
        {
            var url = (await api.CallAsync(settings.AppToken!, SlackMethod.AppsConnectionsOpen, [], cancellation)).Match(
                ok => ok.Body.Text("url"), refused => Refused(refused.Error), throttled => Refused("throttled"), noAnswer => Refused(noAnswer.Why));
            if (url is not null)
            {
                socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(15);
                socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(15);
                await socket.ConnectAsync(new Uri(url), cancellation);
                return new SocketConnection(socket);
            }
        }
        catch (Exception error) when (error is WebSocketException or UriFormatException or OperationCanceledException)
        {
            // The address is a ticket to the connection: it is not logged.
            if (!cancellation.IsCancellationRequested) log.LogWarning("Socket Mode: no connection ({Error}).", error.GetType().Name);
        }
        socket.Dispose();
        return null;
    }

    string? Refused(string why)
    {
        log.LogWarning("Socket Mode: apps.connections.open said {Why}.", why);
        return null;
    }

    /// <summary>Until it is closed by either side. Each envelope is handled beside the others: one that takes long must not keep the others unacknowledged.</summary>
    async Task ListenAsync(SocketConnection connection, TaskCompletionSource replaced, CancellationToken cancellation)
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var underWay = new List<Task>();
        try
        {
            while (await connection.ReceiveAsync(closing.Token) is { } message)
            {
                underWay.RemoveAll(one => one.IsCompleted);
                switch (message.Text("type"))
                {
                    case "hello":
                        Greet(connection);
                        break;
                    case "disconnect" when message.Text("reason") == "link_disabled":
                        log.LogError("Socket Mode was switched off for the app: switch it on in the app's settings, or remove the app-level token.");
                        return;
                    case "disconnect":
                        replaced.TrySetResult();
                        // What Slack has sent on it already is still taken; then it may go.
                        closing.CancelAfter(ClosesWithin);
                        break;
                    default:
                        underWay.Add(TakeAsync(connection, message, cancellation));
                        break;
                }
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            if (!closing.IsCancellationRequested) log.LogInformation("Socket Mode: the connection broke.");
        }
        finally
        {
            Forget(connection);
            await Task.WhenAll(underWay);
            await connection.DisposeAsync();
        }
    }

    static Instant Now => Instant.FromDateTimeOffset(WireClock.System.GetUtcNow());

    void Greet(SocketConnection connection)
    {
        lock (gate)
        {
            if (!connection.WasGreeted) greeted++;
            connection.WasGreeted = true;
            deafSince = null;
        }
    }

    void Forget(SocketConnection connection)
    {
        lock (gate)
        {
            if (connection.WasGreeted && --greeted == 0) deafSince = Now;
        }
    }

    /// <summary>What is not acknowledged is delivered again: so nothing is acknowledged that was not taken.</summary>
    async Task TakeAsync(SocketConnection connection, JsonElement envelope, CancellationToken cancellation)
    {
        if (envelope.Text("envelope_id") is not { } id) return;
        try
        {
            var ack = Read(envelope) is { } delivery ? await receive(delivery, cancellation) : SlackAck.Malformed;
            // What can never be taken is acknowledged too, as an answer 400 would be the last word over HTTP.
            if (ack.Status >= 500) return;
            var answer = new JsonObject { ["envelope_id"] = id };
            if (ack.Body is not null && envelope.Is("accepts_response_payload")) answer["payload"] = ack.Body.DeepClone();
            await connection.SendAsync(answer, cancellation);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            if (!cancellation.IsCancellationRequested) log.LogInformation("Socket Mode: an acknowledgement was not sent; what it was for is known when it is delivered again.");
        }
    }

    static SlackDelivery? Read(JsonElement envelope)
    {
        if (envelope.At("payload") is not { ValueKind: JsonValueKind.Object } payload) return null;
        return envelope.Text("type") switch
        {
            "events_api" => SlackEvents.Read(payload),
            "interactive" => SlackInteractions.Read(payload),
            "slash_commands" => SlackCommands.Read(name => payload.Text(name)),
            _ => null,
        };
    }
}
