using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack.Tests.WebApi;

/// <summary>What comes back of a call, whatever the other side does.</summary>
public sealed class SlackApiTests : IAsyncLifetime
{
    ScriptedSlack slack = null!;
    HttpClient http = null!;
    SlackApi api = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        slack = await ScriptedSlack.StartAsync();
        http = SlackHttp.Client(TimeSpan.FromMilliseconds(700));
        // Tokens are the caller's here.
        api = new SlackApi(http, new SlackSettings { ApiUrl = slack.ApiUrl }, null!);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await slack.DisposeAsync();
    }

    Task<SlackAnswer> Call(SlackMethod? method = null, JsonObject? arguments = null) =>
        api.CallAsync("xoxb-secret", method ?? SlackMethod.ChatPostMessage, arguments ?? new JsonObject { ["channel"] = "C1", ["text"] = "Grüße & <b>" }, Cancellation);

    async Task<SlackAnswer> After(string json, int status = 200, string? retryAfter = null)
    {
        slack.NextSays(SlackMethod.ChatPostMessage.Name, json, status, retryAfter);
        return await Call();
    }

    [Fact]
    public async Task A_message_is_a_JSON_body_with_the_token_in_the_header()
    {
        (await Call()).ShouldBeOfType<SlackAnswer.Ok>().Body.GetProperty("channel").GetString().ShouldBe("C1");

        var request = slack.Requests.ShouldHaveSingleItem();
        request.ContentType.ShouldBe("application/json; charset=utf-8");
        request.Authorization.ShouldBe("Bearer xoxb-secret");
        request.Text("text").ShouldBe("Grüße & <b>");
    }

    [Fact]
    public async Task Reading_sends_a_form_because_a_JSON_body_is_overlooked()
    {
        await Call(SlackMethod.ConversationsHistory, new JsonObject { ["channel"] = "C1 & ü", ["limit"] = 15, ["include_all_metadata"] = true, ["cursor"] = null });

        var request = slack.Requests.ShouldHaveSingleItem();
        request.ContentType.ShouldBe("application/x-www-form-urlencoded");
        request.Arguments.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
            .ShouldBe("""{"channel":"C1 & ü","limit":"15","include_all_metadata":"true"}""");
    }

    [Theory]
    [InlineData("""{"ok":false,"error":"channel_not_found"}""", "channel_not_found", null)]
    [InlineData("""{"ok":false,"error":"missing_scope","needed":"im:write","provided":"chat:write"}""", "missing_scope", "im:write")]
    public async Task A_refusal_has_its_word(string json, string error, string? needed) =>
        (await After(json)).ShouldBe(new SlackAnswer.Refused(error, needed));

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 1)]
    [InlineData("999999", 3600)]
    [InlineData(null, 30)]
    [InlineData("soon", 30)]
    public async Task Too_many_says_how_long_to_wait(string? retryAfter, int seconds) =>
        (await After("", 429, retryAfter)).ShouldBe(new SlackAnswer.Throttled(Duration.FromSeconds(seconds)));

    [Fact]
    public async Task Too_many_without_its_status_is_too_many() =>
        (await After("""{"ok":false,"error":"ratelimited"}""")).ShouldBe(new SlackAnswer.Throttled(Duration.FromSeconds(30)));

    [Theory]
    [InlineData("", 200)]
    [InlineData("{\"ok\":", 200)]
    [InlineData("[]", 200)]
    [InlineData("null", 200)]
    [InlineData("{}", 200)]
    [InlineData("""{"ok":"yes"}""", 200)]
    [InlineData("""{"ok":false}""", 200)]
    [InlineData("""{"ok":false,"error":5}""", 200)]
    [InlineData("""{"ok":false,"error":"internal_error"}""", 200)]
    [InlineData("""{"ok":false,"error":"fatal_error"}""", 200)]
    [InlineData("""{"ok":true}""", 500)]
    [InlineData("<html>", 502)]
    [InlineData("", 302)]
    public async Task What_cannot_be_understood_may_have_been_done(string body, int status) =>
        (await After(body, status)).ShouldBeOfType<SlackAnswer.NoAnswer>().NeverLeft.ShouldBeFalse();

    [Fact]
    public async Task An_answer_without_end_is_given_up()
    {
        slack.Next("chat.postMessage", async (_, context) =>
        {
            var much = new byte[1024 * 1024];
            for (var part = 0; part < 9; part++) await context.Response.Body.WriteAsync(much);
        });
        (await Call()).ShouldBeOfType<SlackAnswer.NoAnswer>().NeverLeft.ShouldBeFalse();
    }

    [Fact]
    public async Task No_answer_in_time_may_have_been_done()
    {
        slack.Next("chat.postMessage", (_, _) => slack.NeverAnswerAsync());
        (await Call()).ShouldBe(new SlackAnswer.NoAnswer(nameof(TaskCanceledException)));
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_request_was_read_may_have_been_done_and_is_not_tried_again()
    {
        await Call();
        slack.Next("chat.postMessage", (_, context) =>
        {
            context.Abort();
            return Task.CompletedTask;
        }, times: 5);
        (await Call()).ShouldBeOfType<SlackAnswer.NoAnswer>().NeverLeft.ShouldBeFalse();
        slack.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_may_have_been_done()
    {
        slack.Next("chat.postMessage", async (_, context) =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("{\"ok\":tr");
            context.Abort();
        });
        (await Call()).ShouldBeOfType<SlackAnswer.NoAnswer>().NeverLeft.ShouldBeFalse();
    }

    [Fact]
    public async Task A_refused_connection_is_certainly_not_done()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        api = new SlackApi(http, new SlackSettings { ApiUrl = new Uri($"http://127.0.0.1:{port}/api/") }, null!);

        (await Call()).ShouldBe(new SlackAnswer.NoAnswer("ConnectionError", NeverLeft: true));
    }

    [Fact]
    public async Task A_connection_that_is_never_made_is_certainly_not_done()
    {
        // Somebody who listens, speaks no TLS and hangs up.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var hangsUp = listener.AcceptTcpClientAsync(Cancellation).AsTask().ContinueWith(accepted => accepted.Result.Dispose(), Cancellation);
        api = new SlackApi(http, new SlackSettings { ApiUrl = new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/api/") }, null!);

        (await Call()).ShouldBeOfType<SlackAnswer.NoAnswer>().NeverLeft.ShouldBeTrue();
        await hangsUp;
    }

    [Fact]
    public async Task Only_the_callers_own_cancellation_throws()
    {
        using var stop = new CancellationTokenSource();
        slack.Next("chat.postMessage", async (_, _) =>
        {
            await stop.CancelAsync();
            await slack.NeverAnswerAsync();
        });
        await Should.ThrowAsync<OperationCanceledException>(() => api.CallAsync("xoxb-secret", SlackMethod.ChatPostMessage, [], stop.Token));
    }
}
