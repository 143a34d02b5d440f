using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace NudgeBot.Slack.WebApi;

/// <summary>
/// A call's arguments on their way. Remembers whether they began to be written: Slack cannot have done what it was never told, whether the
/// connection was refused, its name unknown or its certificate bad.
/// </summary>
sealed class SlackRequestContent : HttpContent
{
    readonly ReadOnlyMemory<byte> body;

    public SlackRequestContent(SlackMethod method, JsonObject arguments)
    {
        if (method.IsForm)
        {
            body = Form(arguments);
            Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        }
        else
        {
            body = System.Text.Encoding.UTF8.GetBytes(arguments.ToJsonString());
            Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        }
    }

    public bool BeganToBeWritten { get; private set; }

    static byte[] Form(JsonObject arguments) => System.Text.Encoding.UTF8.GetBytes(string.Join('&', arguments
        .Where(argument => argument.Value is not null)
        .Select(argument => $"{Uri.EscapeDataString(argument.Key)}={Uri.EscapeDataString(argument.Value!.ToString())}")));

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        BeganToBeWritten = true;
        await stream.WriteAsync(body, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
