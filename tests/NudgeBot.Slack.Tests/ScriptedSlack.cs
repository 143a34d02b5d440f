using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace NudgeBot.Slack.Tests;

/// <param name="Arguments">Of a form or of a JSON body; the values of a form are texts.</param>
sealed record SlackRequest(string Method, string ContentType, string Authorization, JsonObject Arguments)
{
    public string Text(string name) => Arguments[name]?.ToString() ?? "";
}

/// <summary>A message as this Slack keeps it.</summary>
sealed record KeptMessage(string Channel, string Ts, JsonNode? Metadata, string Text);

/// <summary>
/// Answers on a real port: keeps what is posted and shows it again, unless a test says what becomes of a request. The time of a message is the
/// system's, as with the real one.
/// </summary>
sealed class ScriptedSlack : IAsyncDisposable
{
    readonly WebApplication app;
    readonly TaskCompletionSource ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ConcurrentQueue<SlackRequest> requests = new();
    readonly ConcurrentQueue<KeptMessage> kept = new();
    int count;

    ScriptedSlack(WebApplication app) => this.app = app;

    public Uri ApiUrl { get; private set; } = null!;

    public IReadOnlyList<SlackRequest> Requests => [.. requests];

    public IReadOnlyList<KeptMessage> Kept => [.. kept];

    /// <summary>How many messages or users a page has at most.</summary>
    public int PageSize { get; set; } = 100;

    public List<JsonObject> Users { get; } = [];

    /// <summary>Does it with the request and is done, or leaves it (false) to the usual answer.</summary>
    public Func<SlackRequest, HttpContext, Task<bool>> Script { get; set; } = (_, _) => Task.FromResult(false);

    public static async Task<ScriptedSlack> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var slack = new ScriptedSlack(builder.Build());
        slack.app.MapPost("/api/{method}", slack.AnswerAsync);
        await slack.app.StartAsync();
        slack.ApiUrl = new Uri($"{slack.app.Urls.Single()}/api/");
        return slack;
    }

    public IReadOnlyList<SlackRequest> Calls(string method) => [.. requests.Where(request => request.Method == method)];

    /// <summary>The next so many requests to the method end like this; then everything is as usual.</summary>
    public void Next(string method, Func<SlackRequest, HttpContext, Task> answer, int times = 1) => Script = async (request, context) =>
    {
        if (request.Method != method || Interlocked.Decrement(ref times) < 0) return false;
        await answer(request, context);
        return true;
    };

    public void NextSays(string method, string json, int status = 200, string? retryAfter = null) => Next(method, (_, context) =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
        return WriteAsync(context, json);
    });

    public static Task WriteAsync(HttpContext context, string body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    }

    /// <summary>No answer, for as long as the test lasts.</summary>
    public Task NeverAnswerAsync() => ending.Task;

    public KeptMessage Keep(string channel, JsonNode? metadata = null, string text = "")
    {
        var ts = (WireClock.System.GetUtcNow().ToUnixTimeSeconds() + Interlocked.Increment(ref count) / 1_000_000m).ToString("0.000000", CultureInfo.InvariantCulture);
        var message = new KeptMessage(channel, ts, metadata?.DeepClone(), text);
        kept.Enqueue(message);
        return message;
    }

    public KeptMessage Keep(SlackRequest posted) => Keep(posted.Text("channel"), posted.Arguments["metadata"], posted.Text("text"));

    async Task AnswerAsync(string method, HttpContext context)
    {
        var request = new SlackRequest(method, context.Request.ContentType ?? "", context.Request.Headers.Authorization.ToString(), await ArgumentsAsync(context.Request));
        requests.Enqueue(request);
        if (await Script(request, context)) return;
        var answer = method switch
        {
            "conversations.open" => new JsonObject { ["ok"] = true, ["channel"] = new JsonObject { ["id"] = $"D{request.Text("users")}" } },
            "chat.postMessage" => new JsonObject { ["ok"] = true, ["channel"] = request.Text("channel"), ["ts"] = Keep(request).Ts },
            "conversations.history" => History(request),
            "users.list" => Paged("members", Users, request),
            "users.info" => new JsonObject { ["ok"] = true, ["user"] = Users.Single(user => user["id"]!.ToString() == request.Text("user")).DeepClone() },
            _ => new JsonObject { ["ok"] = false, ["error"] = "unknown_method" },
        };
        await WriteAsync(context, answer.ToJsonString());
    }

    /// <summary>Newest first, as the real one.</summary>
    JsonObject History(SlackRequest request)
    {
        decimal Time(string name, decimal otherwise) => request.Text(name) is { Length: > 0 } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        var messages = kept.Where(message => message.Channel == request.Text("channel"))
            .Where(message => decimal.Parse(message.Ts, CultureInfo.InvariantCulture) is var ts && ts >= Time("oldest", 0) && ts <= Time("latest", decimal.MaxValue))
            .Reverse()
            .Select(message =>
            {
                var shown = new JsonObject { ["type"] = "message", ["ts"] = message.Ts, ["text"] = message.Text };
                if (message.Metadata is not null && request.Text("include_all_metadata") == "true") shown["metadata"] = message.Metadata.DeepClone();
                return shown;
            });
        return Paged("messages", [.. messages], request);
    }

    JsonObject Paged(string name, List<JsonObject> all, SlackRequest request)
    {
        var from = request.Text("cursor") is { Length: > 0 } cursor ? int.Parse(cursor, CultureInfo.InvariantCulture) : 0;
        var page = all.Skip(from).Take(PageSize).Select(one => one.DeepClone()).ToArray();
        var next = from + page.Length < all.Count ? (from + page.Length).ToString(CultureInfo.InvariantCulture) : "";
        return new JsonObject { ["ok"] = true, [name] = new JsonArray(page), ["response_metadata"] = new JsonObject { ["next_cursor"] = next } };
    }

    static async Task<JsonObject> ArgumentsAsync(HttpRequest request)
    {
        if (!request.HasFormContentType) return (await JsonNode.ParseAsync(request.Body))!.AsObject();
        var form = await request.ReadFormAsync();
        return new JsonObject(form.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)JsonValue.Create(field.Value.ToString()))));
    }

    public async ValueTask DisposeAsync()
    {
        ending.SetResult();
        await app.StopAsync(TimeSpan.FromSeconds(1).ToToken());
        await app.DisposeAsync();
    }
}

static class Tokens
{
    public static CancellationToken ToToken(this TimeSpan after) => new CancellationTokenSource(after).Token;
}
