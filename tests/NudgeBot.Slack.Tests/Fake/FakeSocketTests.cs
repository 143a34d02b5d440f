using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using NudgeBot.FakeSlack;

namespace NudgeBot.Slack.Tests.Fake;

public class FakeSocketTests
{
    static FakeSlackOptions SocketMode => new() { App = new FakeApp { UsesSocketMode = true }, Limits = new() { Enforced = false } };

    [Fact]
    public async Task An_envelope_is_acknowledged_by_its_id_and_carries_the_answer()
    {
        await using var slack = await SlackForTests.StartAsync(SocketMode);
        using var socket = await ConnectAsync(slack);
        (await ReadAsync(socket)).GetProperty("type").GetString().ShouldBe("hello");

        var command = slack.Server.Acting.CommandAsync(slack.Ada, "/nudge", "guide");
        var envelope = await ReadAsync(socket);
        envelope.GetProperty("type").GetString().ShouldBe("slash_commands");
        envelope.GetProperty("accepts_response_payload").GetBoolean().ShouldBeTrue();
        envelope.GetProperty("payload").GetProperty("text").GetString().ShouldBe("guide");
        await SendAsync(socket, new { envelope_id = envelope.GetProperty("envelope_id").GetString(), payload = new { text = "Here" } });

        (await command).Acknowledged.ShouldBeTrue();
        slack.Server.MessagesWith(slack.Ada).ShouldHaveSingleItem().Text.ShouldBe("Here");
    }

    [Fact]
    public async Task After_a_request_to_reconnect_everything_goes_to_the_new_connection()
    {
        await using var slack = await SlackForTests.StartAsync(SocketMode);
        using var old = await ConnectAsync(slack);
        await ReadAsync(old);
        await slack.Server.Sockets.DisconnectAsync();
        var bye = await ReadAsync(old);
        (bye.GetProperty("type").GetString(), bye.GetProperty("reason").GetString()).ShouldBe(("disconnect", "refresh_requested"));
        using var fresh = await ConnectAsync(slack);
        await ReadAsync(fresh);

        var said = slack.Server.Acting.SayAsync(slack.Ada, "hello");
        var envelope = await ReadAsync(fresh);
        envelope.GetProperty("type").GetString().ShouldBe("events_api");
        await SendAsync(fresh, new { envelope_id = envelope.GetProperty("envelope_id").GetString() });
        (await said)!.Acknowledged.ShouldBeTrue();
    }

    [Fact]
    public async Task A_url_is_for_one_connection()
    {
        await using var slack = await SlackForTests.StartAsync(SocketMode);
        slack.Token = slack.Server.App.AppToken;
        var url = new Uri((await slack.CallAsync("apps.connections.open", new { })).GetProperty("url").GetString()!);
        using var first = new ClientWebSocket();
        await first.ConnectAsync(url, TestContext.Current.CancellationToken);
        using var second = new ClientWebSocket();
        await Should.ThrowAsync<WebSocketException>(() => second.ConnectAsync(url, TestContext.Current.CancellationToken));
    }

    static async Task<ClientWebSocket> ConnectAsync(SlackForTests slack)
    {
        slack.Token = slack.Server.App.AppToken;
        var url = (await slack.CallAsync("apps.connections.open", new { })).GetProperty("url").GetString()!;
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(url), TestContext.Current.CancellationToken);
        return socket;
    }

    static async Task<JsonElement> ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var got = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        return JsonDocument.Parse(buffer.AsMemory(0, got.Count)).RootElement;
    }

    static Task SendAsync(ClientWebSocket socket, object message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message)), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
}
