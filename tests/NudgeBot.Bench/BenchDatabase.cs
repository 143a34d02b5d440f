using NudgeBot.Database;

namespace NudgeBot.Bench;

/// <summary>A private cluster with the settings of the service (fsync, synchronous commits, 256 MB of shared buffers), removed when disposed.</summary>
sealed class BenchDatabase : IAsyncDisposable
{
    readonly EmbeddedPostgres cluster;
    readonly string wantedFolder;

    BenchDatabase(EmbeddedPostgres cluster, string wantedFolder) => (this.cluster, this.wantedFolder) = (cluster, wantedFolder);

    public string ConnectionString => cluster.ConnectionString;
    public int ProcessId => cluster.ProcessId;

    public static async Task<BenchDatabase> StartAsync(CancellationToken cancellation)
    {
        Report.Progress("starting PostgreSQL with the service's settings");
        var folder = Path.Combine(Path.GetTempPath(), $"nudgebot-bench-{Guid.NewGuid():N}");
        var started = await EmbeddedPostgres.StartAsync(folder, cancellation);
        started.StopOnDispose = true;
        return new BenchDatabase(started, folder);
    }

    public async ValueTask DisposeAsync()
    {
        var folder = cluster.Folder;
        await cluster.DisposeAsync();
        foreach (var path in new[] { folder, wantedFolder }.Where(Directory.Exists)) Directory.Delete(path, recursive: true);
    }
}
