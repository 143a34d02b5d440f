using System.Diagnostics;
using NudgeBot.Database;

namespace NudgeBot.Tests.Database;

/// <summary>A new folder for temporary files that a test's embedded server lies in; what still runs there ends with it.</summary>
sealed class InstallationFolder : IAsyncDisposable
{
    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"nudgebot-test-{Guid.NewGuid():N}")).FullName;

    public ClusterFolder Cluster => new(Path);

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>By default as a program that is killed: disposing leaves the server running.</summary>
    public async Task<EmbeddedPostgres> StartAsync(bool stopOnDispose = false)
    {
        var server = await EmbeddedPostgres.StartAsync(Path, Cancellation);
        server.StopOnDispose = stopOnDispose;
        return server;
    }

    public static void Kill(int process)
    {
        using var server = Process.GetProcessById(process);
        server.Kill();
        server.WaitForExit();
    }

    public ValueTask DisposeAsync() => RemoveAsync(Cluster);

    public static async ValueTask RemoveAsync(ClusterFolder folder)
    {
        if (await PostmasterFile.LiveAsync(folder.Data, CancellationToken.None) is { } server) Kill(server.ProcessId);
        Directory.Delete(folder.Path, recursive: true);
    }
}
