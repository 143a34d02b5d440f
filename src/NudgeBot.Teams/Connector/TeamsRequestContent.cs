using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NudgeBot.Teams.Rendering;

namespace NudgeBot.Teams.Connector;

/// <summary>
/// What Teams is told, on its way. Remembers whether it began to be written: Teams cannot have done what it was never told, whether the connection was
/// refused, its name unknown or its certificate bad.
/// </summary>
sealed class TeamsRequestContent : HttpContent
{
    readonly ReadOnlyMemory<byte> body;

    public TeamsRequestContent(JsonObject json)
    {
        body = Encoding.UTF8.GetBytes(TeamsJson.Write(json));
        Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
    }

    public bool BeganToBeWritten { get; private set; }

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
