using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NudgeBot.FakeSlack.Faults;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.WebApi;

/// <summary>Where the Web API's calls come in: arguments, faults, token, limits, then the method.</summary>
sealed class ApiEndpoint(FakeSlackServer server)
{
    const string NoAnswer = "";

    public async Task HandleAsync(HttpContext http, string methodName)
    {
        var began = server.Time.Now;
        var told = new Told();
        http.Items[typeof(Told)] = told;
        try
        {
            await AnswerAsync(http, methodName, told);
        }
        finally
        {
            var now = server.Time.Now;
            server.Traffic.Add(Direction.FromApp, methodName, told.Outcome, told.Outcome == "ok", now - began, now, told.Asked, told.Answer);
        }
    }

    async Task AnswerAsync(HttpContext http, string methodName, Told told)
    {
        var fault = server.Faults.Take(methodName);
        if (fault is { ComesAfter: false } && await BreakAsync(http, fault, NoAnswer)) return;

        JsonObject answer;
        try
        {
            var arguments = await Arguments.ReadAsync(http.Request);
            told.Asked = arguments.ToString();
            var method = ApiMethod.All.GetValueOrDefault(methodName) ?? throw new SlackRefusal("unknown_method");
            if (Call(http, method, arguments) is not { } done)
            {
                await BreakAsync(http, new Fault.TooMany(RetryAfter(http)), NoAnswer);
                return;
            }
            answer = new JsonObject { ["ok"] = true };
            foreach (var (field, value) in done.ToList())
            {
                done.Remove(field);
                answer[field] = value;
            }
        }
        catch (SlackRefusal refusal)
        {
            answer = refusal.Answer();
        }
        var body = answer.ToJsonString(Json.Relaxed);
        (told.Outcome, told.Answer) = ((string?)answer["error"] ?? "ok", body);
        if (fault is not null && await BreakAsync(http, fault, body)) return;
        await WriteAsync(http, StatusCodes.Status200OK, "application/json; charset=utf-8", body);
    }

    /// <returns>Null for too many calls.</returns>
    JsonObject? Call(HttpContext http, ApiMethod method, Arguments arguments)
    {
        lock (server.World.Gate)
        {
            var value = Bearer(http.Request) ?? arguments.Text("token");
            var token = method.Caller == CallerKind.Bot ? Valid(value) : null;
            if (method.Caller == CallerKind.App && value != server.App.AppToken)
                throw new SlackRefusal(value is null ? "not_authed" : value.StartsWith("xapp-") ? "invalid_auth" : "not_allowed_token_type");
            if (token is not null)
            {
                http.Response.Headers["x-oauth-scopes"] = string.Join(',', token.Scopes);
                http.Response.Headers["x-accepted-oauth-scopes"] = string.Join(',', method.AnyOf);
                if (method.AnyOf.Length > 0 && !method.AnyOf.Any(token.Scopes.Contains)) throw SlackRefusal.Scope(method.AnyOf[0], token.Scopes);
            }
            if (server.Limits.Refuses(method, token?.TeamId ?? "", arguments.Text("channel")) is { } wait)
            {
                http.Items[nameof(RetryAfter)] = (int)Math.Ceiling(wait.TotalSeconds);
                return null;
            }
            return method.Run(new ApiCall(server, arguments, token is null ? null : server.World.Teams[token.TeamId], token));
        }
    }

    static int RetryAfter(HttpContext http) => (int)http.Items[nameof(RetryAfter)]!;

    Token Valid(string? value)
    {
        if (value is null) throw new SlackRefusal("not_authed");
        if (value.StartsWith("xapp-")) throw new SlackRefusal("not_allowed_token_type");
        if (!server.World.Tokens.TryGetValue(value, out var token)) throw new SlackRefusal("invalid_auth");
        if (token.Revoked) throw new SlackRefusal("token_revoked");
        if (server.World.Teams[token.TeamId].Bot is not { Deleted: false }) throw new SlackRefusal("account_inactive");
        return token.ExpiresAt is { } end && end <= server.Time.Now ? throw new SlackRefusal("token_expired") : token;
    }

    public static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { Length: > 7 } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : null;

    /// <returns>True where the answer has been given, or never will be.</returns>
    async Task<bool> BreakAsync(HttpContext http, Fault fault, string answer)
    {
        ((Told)http.Items[typeof(Told)]!).Outcome = fault is Fault.TooMany ? "429" : fault is Fault.Error said ? said.Word : fault.GetType().Name;
        switch (fault)
        {
            case Fault.ServerError or Fault.ServerErrorAfter:
                await WriteAsync(http, StatusCodes.Status500InternalServerError, "text/plain", "");
                return true;
            case Fault.Unavailable:
                await WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "text/html; charset=utf-8", "<html><body><h1>503 Service Unavailable</h1></body></html>");
                return true;
            case Fault.TimeoutBefore or Fault.TimeoutAfter:
                await server.HangAsync(http.RequestAborted);
                http.Abort();
                return true;
            case Fault.ResetBefore or Fault.ResetAfter:
                http.Abort();
                return true;
            case Fault.BrokenJson:
                await WriteAsync(http, StatusCodes.Status200OK, "application/json; charset=utf-8", answer[..(answer.Length / 2)]);
                return true;
            case Fault.TooMany many:
                http.Response.Headers.RetryAfter = many.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
                await WriteAsync(http, StatusCodes.Status429TooManyRequests, "application/json; charset=utf-8", """{"ok":false,"error":"ratelimited"}""");
                return true;
            case Fault.Error error:
                await WriteAsync(http, StatusCodes.Status200OK, "application/json; charset=utf-8", new SlackRefusal(error.Word).Answer().ToJsonString(Json.Relaxed));
                return true;
            default:
                throw new InvalidOperationException($"{fault.GetType().Name} is not handled.");
        }
    }

    static async Task WriteAsync(HttpContext http, int status, string type, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body), http.RequestAborted);
    }

    /// <summary>For <see cref="Traffic"/>.</summary>
    sealed class Told
    {
        public string Outcome { get; set; } = "no answer";
        public string Asked { get; set; } = "";
        public string Answer { get; set; } = "";
    }
}
