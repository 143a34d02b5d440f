using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace NudgeBot.Slack.Tests.Inbound;

/// <summary>A Slack to be called: keeps what it is asked, and answers as it is told, else that all went well.</summary>
sealed class ScriptedSlack : IAsyncDisposable
{
    readonly WebApplication app;
    readonly ConcurrentQueue<(string Method, JsonElement Arguments)> calls = new();

    ScriptedSlack(WebApplication app) => this.app = app;

    public Uri Url => new(app.Urls.Single());

    public Uri ApiUrl => new(Url, "/api/");

    /// <summary>Where what was done in Slack can be answered to.</summary>
    public string ResponseUrl => new Uri(Url, "/response").ToString();

    /// <summary>Answers by method; a method without one succeeds.</summary>
    public Dictionary<string, JsonObject> Answers { get; } = [];

    /// <summary>In the order in which they came; <c>response_url</c> stands for an answer to one.</summary>
    public IReadOnlyList<(string Method, JsonElement Arguments)> Calls => [.. calls];

    public IEnumerable<string> Methods => calls.Select(call => call.Method);

    public static async Task<ScriptedSlack> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var slack = new ScriptedSlack(builder.Build());
        slack.app.MapPost("/api/{method}", (string method, HttpContext context) => slack.AnswerAsync(method, context));
        slack.app.MapPost("/response", (HttpContext context) => slack.AnswerAsync("response_url", context));
        await slack.app.StartAsync();
        return slack;
    }

    public JsonElement Only(string method) => calls.Where(call => call.Method == method).ShouldHaveSingleItem().Arguments;

    async Task AnswerAsync(string method, HttpContext context)
    {
        calls.Enqueue((method, await ReadAsync(context.Request)));
        await context.Response.WriteAsJsonAsync(Answers.GetValueOrDefault(method) ?? new JsonObject { ["ok"] = true, ["ts"] = "1800000000.000200" });
    }

    /// <summary>Methods that read are asked by form, the others by JSON.</summary>
    static async Task<JsonElement> ReadAsync(HttpRequest request) => request.HasFormContentType
        ? JsonSerializer.SerializeToElement((await request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString()))
        : await JsonSerializer.DeserializeAsync<JsonElement>(request.Body);

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
