using System.Text.Json;
using NudgeBot.Chat;

namespace NudgeBot.Web;

/// <summary>
/// Stands in for a chat platform while developing: appends what it is given to a file, a JSON object per line. Replicas may share the file or
/// have one each.
/// </summary>
sealed class FileRecorder(string path) : IChatPlatform, IDisposable
{
    const string Setting = "NUDGEBOT_RECORDER";
    const string FileSetting = "NUDGEBOT_RECORDER_FILE";

    readonly FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
    readonly SemaphoreSlim oneAtATime = new(1);

    public string Name => "recorder";

    /// <summary>Only in the environment Development: a service that believes its messages sent must never be one for people.</summary>
    public static IReadOnlyList<IChatPlatform> Platforms(IConfiguration settings, IHostEnvironment environment) =>
        environment.IsDevelopment() && settings[Setting] == "1"
            ? [new FileRecorder(settings[FileSetting] is { Length: > 0 } path ? path : Path.Combine(HomeFolder.Path, "recorder.jsonl"))]
            : [];

    public async Task<SendResult> SendAsync(Outgoing outgoing, CancellationToken cancellation)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(outgoing), (byte)'\n'];
        await oneAtATime.WaitAsync(cancellation);
        try
        {
            await file.WriteAsync(line, cancellation);
        }
        finally
        {
            oneAtATime.Release();
        }
        return new SendResult.Taken(outgoing.NudgeId);
    }

    public void Dispose()
    {
        file.Dispose();
        oneAtATime.Dispose();
    }
}
