using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NudgeBot.Slack.Tests.Installing;

/// <summary>A Slack that says what the test tells it to, over HTTP.</summary>
sealed class ScriptedSlack : IAsyncDisposable
{
    readonly WebApplication app;

    ScriptedSlack(WebApplication app) => this.app = app;

    public ConcurrentQueue<Call> Calls { get; } = new();

    /// <summary>The body of an answer; null: status 500.</summary>
    public Func<Call, Task<object?>> Answer { get; set; } = _ => Task.FromResult<object?>(null);

    public string Scopes { get; set; } = string.Join(',', NudgeBot.Slack.Installing.SlackScopes.Bot);

    public Uri Url => new($"{app.Urls.Single()}/api/");

    public static async Task<ScriptedSlack> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var slack = new ScriptedSlack(builder.Build());
        slack.app.MapPost("/api/{method}", slack.AnswerAsync);
        await slack.app.StartAsync();
        return slack;
    }

    /// <summary>What it has to say to <c>auth.test</c>.</summary>
    public static object Tested(string team = "T1") => new { ok = true, team = "Acme", team_id = team, user = "nudgebot", user_id = "UBOT", bot_id = "B1" };

    /// <summary>What it has to say to <c>oauth.v2.access</c>.</summary>
    public static object Granted(string token = "xoxe.xoxb-1-new", string refresh = "xoxe-1-new", string team = "T1", string? scope = null) => new
    {
        ok = true,
        token_type = "bot",
        access_token = token,
        refresh_token = refresh,
        expires_in = 43200,
        scope = scope ?? string.Join(',', NudgeBot.Slack.Installing.SlackScopes.Bot),
        bot_user_id = "UBOT",
        app_id = "A1",
        team = new { id = team, name = "Acme" },
    };

    public static object Refusing(string error) => new { ok = false, error };

    async Task<IResult> AnswerAsync(HttpContext http, string method)
    {
        var form = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString()) : [];
        var call = new Call(method, http.Request.Headers.Authorization.ToString(), form);
        Calls.Enqueue(call);
        http.Response.Headers["x-oauth-scopes"] = Scopes;
        return await Answer(call) is { } body ? Results.Json(body) : Results.StatusCode(StatusCodes.Status500InternalServerError);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    public sealed record Call(string Method, string Authorization, IReadOnlyDictionary<string, string> Form);
}
