using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NudgeBot.Slack.Inbound;

/// <summary>One WebSocket to Slack: messages of JSON, one sent at a time.</summary>
sealed class SocketConnection(ClientWebSocket socket) : IAsyncDisposable
{
    static readonly TimeSpan SaysGoodbyeWithin = TimeSpan.FromSeconds(2);

    readonly SemaphoreSlim sending = new(1);
    readonly byte[] chunk = new byte[16 * 1024];

    /// <summary>Slack said hello: from then on it delivers.</summary>
    public bool WasGreeted { get; set; }

    /// <returns>Null when Slack has closed it, or sends what cannot be Slack's.</returns>
    public async Task<JsonElement?> ReceiveAsync(CancellationToken cancellation)
    {
        using var message = new MemoryStream();
        while (true)
        {
            var received = await socket.ReceiveAsync(chunk.AsMemory(), cancellation);
            if (received.MessageType == WebSocketMessageType.Close) return null;
            message.Write(chunk, 0, received.Count);
            if (message.Length > SlackEndpoints.LongestBody) return null;
            if (received.EndOfMessage) return SlackJson.Parse(message.ToArray());
        }
    }

    public async Task SendAsync(JsonObject message, CancellationToken cancellation)
    {
        await sending.WaitAsync(cancellation);
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        }
        finally
        {
            sending.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(SaysGoodbyeWithin, WireClock.System);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, patience.Token);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            // It is gone without a goodbye.
        }
        socket.Dispose();
        sending.Dispose();
    }
}
