using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using NodaTime;

namespace NudgeBot.Slack.Inbound;

/// <summary>
/// Where Slack calls. Nothing is read out of a request before its signature fits. Refused are: a body that is too long (413), a wrong or old signature (401),
/// what is not Slack's format (400), a workspace that is not known here (404). None of them is better at a second delivery, so Slack is told not to try.
/// </summary>
public static class SlackEndpoints
{
    /// <summary>A form's view is 250 KB at most, and grows when it is encoded.</summary>
    internal const int LongestBody = 1024 * 1024;

    const string NoRetry = "X-Slack-No-Retry";

    public static void MapSlack(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<SlackSettings>();
        var inbound = app.Services.GetRequiredService<SlackInbound>();
        Map(app, settings, (delivery, cancellation) => inbound.ReceiveAsync(delivery, cancellation));
    }

    /// <param name="receive">What becomes of a delivery whose signature fits.</param>
    internal static void Map(WebApplication app, SlackSettings settings, Func<SlackDelivery, CancellationToken, Task<SlackAck>> receive)
    {
        void Post(string path, Func<ReadOnlyMemory<byte>, CancellationToken, Task<SlackAck>> take) => app.MapPost(path, context => TakeAsync(context, settings, take));

        Task<SlackAck> Receive(SlackDelivery? delivery, CancellationToken cancellation) =>
            delivery is null ? Task.FromResult(SlackAck.Malformed) : receive(delivery, cancellation);
        Task<SlackAck> Interaction(ReadOnlyMemory<byte> body, CancellationToken cancellation) => Receive(
            Fields(body) is { } fields && fields.TryGetValue("payload", out var payload) && SlackJson.Parse(Encoding.UTF8.GetBytes(payload.ToString())) is { } json
                ? SlackInteractions.Read(json) : null, cancellation);

        Post("/slack/events", (body, cancellation) => SlackJson.Parse(body) switch
        {
            null => Task.FromResult(SlackAck.Malformed),
            { } json when json.Text("type") == "url_verification" => Task.FromResult(SlackAck.With(new JsonObject { ["challenge"] = json.Text("challenge") })),
            { } json => Receive(SlackEvents.Read(json), cancellation),
        });
        Post("/slack/interactivity", Interaction);
        Post("/slack/options", Interaction);
        Post("/slack/commands", (body, cancellation) => Receive(
            Fields(body) is { } fields ? SlackCommands.Read(name => fields.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null) : null,
            cancellation));
    }

    static async Task TakeAsync(HttpContext context, SlackSettings settings, Func<ReadOnlyMemory<byte>, CancellationToken, Task<SlackAck>> take)
    {
        string? timestamp = context.Request.Headers[SlackSignature.TimestampHeader];
        string? signature = context.Request.Headers[SlackSignature.Header];
        var ack = !SlackSignature.IsFresh(timestamp, Instant.FromDateTimeOffset(WireClock.System.GetUtcNow())) ? new SlackAck(StatusCodes.Status401Unauthorized)
            : await ReadAsync(context) is not { } body ? new SlackAck(StatusCodes.Status413PayloadTooLarge)
            : !SlackSignature.IsSigned(settings.SigningSecrets, timestamp, signature, body) ? new SlackAck(StatusCodes.Status401Unauthorized)
            : await take(body, context.RequestAborted);

        context.Response.StatusCode = ack.Status;
        if (ack.Status is >= 400 and < 500) context.Response.Headers[NoRetry] = "1";
        if (ack.Body is not null) await context.Response.WriteAsJsonAsync(ack.Body, context.RequestAborted);
    }

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

    /// <returns>Null where it is no form.</returns>
    static Dictionary<string, StringValues>? Fields(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var reader = new FormReader(Encoding.UTF8.GetString(body.Span));
            return reader.ReadForm();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
