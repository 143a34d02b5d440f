using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NudgeBot.Teams.Rendering;

namespace NudgeBot.Teams.Inbound;

/// <summary>
/// Where Teams calls. Read before the token is checked is only what the token must agree with. Refused are: what is not JSON by its name (415), too long
/// (413), no activity (400), not by the Bot Framework (401), not meant for this bot (403), of a tenant that is no workspace here (404).
/// </summary>
public static class TeamsEndpoint
{
    public const string Path = "/api/messages";

    /// <summary>A message has 100 KB at most.</summary>
    internal const int LongestBody = 256 * 1024;

    public static void MapTeams(this WebApplication app)
    {
        // Made now, and not with the first request: it refuses settings with which nobody should start.
        var admission = app.Services.GetRequiredService<Admission>();
        var inbound = app.Services.GetRequiredService<TeamsInbound>();
        // The Agents Playground looks whether somebody is there before it begins.
        app.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], () => Results.Ok());
        app.MapPost(Path, async context =>
        {
            var ack = await TakeAsync(context, admission, inbound);
            context.Response.StatusCode = ack.Status;
            if (ack.Body is null) return;
            context.Response.ContentType = "application/json; charset=utf-8";
            await context.Response.WriteAsync(TeamsJson.Write(ack.Body), context.RequestAborted);
        });
    }

    static async Task<TeamsAck> TakeAsync(HttpContext context, Admission admission, TeamsInbound inbound)
    {
        // So that no page in a browser can speak here where no token is asked for: it would first have to ask whether it may.
        if (!context.Request.HasJsonContentType()) return TeamsAck.NotJson;
        if (await ReadAsync(context) is not { } body) return TeamsAck.TooLong;
        if (ActivityJson.Parse(body) is not { } activity) return TeamsAck.Malformed;
        return await admission.CheckAsync(context.Request, ActivityOrigin.Of(activity), context.RequestAborted) switch
        {
            AdmissionVerdict.Refused refused => new TeamsAck(refused.Why.Status()),
            AdmissionVerdict.Accepted accepted when Activities.Read(activity, body, accepted.ServiceUrl) is { } delivery =>
                UnknownInvoke(activity) ?? await inbound.ReceiveAsync(delivery, context.RequestAborted),
            _ => TeamsAck.Malformed,
        };
    }

    /// <returns>Null for what is none.</returns>
    static TeamsAck? UnknownInvoke(JsonElement activity) =>
        !Activities.IsInvoke(activity) || activity.Text("name") is var name && Activities.Answers(name) ? null
        : name?.StartsWith("signin/", StringComparison.Ordinal) == true ? TeamsAck.SignsNobodyIn
        : TeamsAck.UnknownInvoke;

    /// <returns>Null where it is too long.</returns>
    static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > LongestBody) return null;
        using var body = new MemoryStream((int)(context.Request.ContentLength ?? 0));
        var chunk = new byte[16 * 1024];
        while (await context.Request.Body.ReadAsync(chunk, context.RequestAborted) is > 0 and var length)
        {
            body.Write(chunk, 0, length);
            if (body.Length > LongestBody) return null;
        }
        return body.ToArray();
    }
}
