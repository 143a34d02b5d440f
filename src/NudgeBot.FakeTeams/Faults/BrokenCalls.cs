using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace NudgeBot.FakeTeams.Faults;

/// <summary>Lets a call be worked off, or go wrong as it was planned.</summary>
sealed class BrokenCalls(FakeTeamsServer server)
{
    public async Task AroundAsync(HttpContext http, Operation operation, Func<Task<Answer>> work)
    {
        var fault = server.Faults.Take(operation);
        if (fault is { ComesAfter: false })
        {
            await BreakAsync(http, fault, "");
            return;
        }
        var answer = await work();
        var body = answer.Body?.ToJsonString(Json.Relaxed) ?? "";
        if (fault is not null)
        {
            await BreakAsync(http, fault, body);
            return;
        }
        await WriteAsync(http, answer.Status, "application/json; charset=utf-8", body, answer.RetryAfterSeconds);
    }

    async Task BreakAsync(HttpContext http, Fault fault, string answer)
    {
        switch (fault)
        {
            case Fault.Fails fails:
                await WriteAsync(http, fails.Status, "text/html; charset=utf-8", $"<html><body><h1>{fails.Status}</h1></body></html>");
                return;
            case Fault.TimesOut:
                await server.HangAsync(http.RequestAborted);
                http.Abort();
                return;
            case Fault.CutsOff:
                http.Abort();
                return;
            case Fault.BreaksJson:
                await WriteAsync(http, StatusCodes.Status200OK, "application/json; charset=utf-8", answer[..(answer.Length / 2)]);
                return;
            case Fault.TooMany many:
                await WriteAsync(http, StatusCodes.Status429TooManyRequests, "application/json; charset=utf-8", Throttled.ToJsonString(), many.RetryAfterSeconds);
                return;
            case Fault.Refuses refuses:
                await WriteAsync(http, refuses.Status, "application/json; charset=utf-8", Answer.Error(refuses.Status, refuses.Code, refuses.Message).Body!.ToJsonString());
                return;
            default:
                throw new InvalidOperationException($"{fault.GetType().Name} is not handled.");
        }
    }

    public static Answer TooMany(int retryAfterSeconds) => new(StatusCodes.Status429TooManyRequests, Throttled) { RetryAfterSeconds = retryAfterSeconds };

    static System.Text.Json.Nodes.JsonNode Throttled => Answer.Error(StatusCodes.Status429TooManyRequests, "Throttled", "Too many requests.").Body!;

    static async Task WriteAsync(HttpContext http, int status, string type, string body, int? retryAfterSeconds = null)
    {
        http.Response.StatusCode = status;
        if (retryAfterSeconds is { } seconds) http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (body.Length == 0) return;
        http.Response.ContentType = type;
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body), http.RequestAborted);
    }
}
