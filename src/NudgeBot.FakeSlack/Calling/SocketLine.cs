using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace NudgeBot.FakeSlack.Calling;

/// <summary>One web socket; what is sent on it goes one after another.</summary>
sealed class SocketLine(WebSocket socket) : IDisposable
{
    readonly SemaphoreSlim _sending = new(1);

    /// <summary>The app has been told to reconnect.</summary>
    public bool Leaves { get; set; }

    public async Task SendAsync(JsonObject message, CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation);
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString(Json.Relaxed)), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <returns>Null when the app has closed.</returns>
    public async Task<string?> ReceiveAsync(CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        using var message = new MemoryStream();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await CloseAsync();
                return null;
            }
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return Encoding.UTF8.GetString(message.ToArray());
        }
    }

    public async Task CloseAsync()
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
    }

    public void Dispose() => _sending.Dispose();
}
