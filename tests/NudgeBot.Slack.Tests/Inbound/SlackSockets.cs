using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace NudgeBot.Slack.Tests.Inbound;

/// <summary>The other end of Socket Mode: each connection is handed to the test, which says what Slack sends on it.</summary>
sealed class SlackSockets : IAsyncDisposable
{
    readonly WebApplication app;
    readonly Channel<SlackSocket> opened = Channel.CreateUnbounded<SlackSocket>();

    SlackSockets(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single().Replace("http://", "ws://");

    public static async Task<SlackSockets> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var sockets = new SlackSockets(builder.Build());
        sockets.app.UseWebSockets();
        sockets.app.Run(sockets.AcceptAsync);
        await sockets.app.StartAsync();
        return sockets;
    }

    /// <summary>The next connection, greeted.</summary>
    public async Task<SlackSocket> NextAsync()
    {
        var socket = await opened.Reader.ReadAsync(TestContext.Current.CancellationToken);
        await socket.SendAsync(new JsonObject { ["type"] = "hello", ["num_connections"] = 1 });
        return socket;
    }

    public bool HasAnother => opened.Reader.Count > 0;

    async Task AcceptAsync(HttpContext context)
    {
        var socket = new SlackSocket(await context.WebSockets.AcceptWebSocketAsync());
        opened.Writer.TryWrite(socket);
        await socket.ListenAsync(context.RequestAborted);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

sealed class SlackSocket(WebSocket socket)
{
    readonly Channel<JsonElement> acks = Channel.CreateUnbounded<JsonElement>();
    readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When the program has let go of it.</summary>
    public Task Closed => closed.Task;

    public Task SendAsync(JsonObject message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    public Task DeliverAsync(string id, string type, JsonObject payload) =>
        SendAsync(new JsonObject { ["envelope_id"] = id, ["type"] = type, ["payload"] = payload, ["accepts_response_payload"] = type != "events_api" });

    public ValueTask<JsonElement> AckAsync() => acks.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public bool HasAck => acks.Reader.Count > 0;

    /// <summary>As a cable that is pulled.</summary>
    public void Break() => socket.Abort();

    public async Task ListenAsync(CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), cancellation) is { MessageType: WebSocketMessageType.Text } received)
                acks.Writer.TryWrite(JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, received.Count)));
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            // The other end is gone.
        }
        closed.TrySetResult();
    }
}
