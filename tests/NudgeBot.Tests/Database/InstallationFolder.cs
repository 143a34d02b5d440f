using System.Diagnostics;
using Dapper;
using Npgsql;
using NudgeBot.Database;

namespace NudgeBot.Tests.Database;

/// <summary>A new folder for temporary files that a test's embedded server lies in; what still runs there ends with it.</summary>
sealed class InstallationFolder : IAsyncDisposable
{
    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"nudgebot-test-{Guid.NewGuid():N}")).FullName;

    public ClusterFolder Places => new(Path);

    public string PidFile => System.IO.Path.Combine(Places.Data, "postmaster.pid");

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>By default as a program that is killed: disposing leaves the server running.</summary>
    public async Task<EmbeddedPostgres> StartAsync(bool stopOnDispose = false)
    {
        var server = await EmbeddedPostgres.StartAsync(Path, Cancellation);
        server.StopOnDispose = stopOnDispose;
        return server;
    }

    /// <summary>A whole cluster whose server does not run.</summary>
    public async Task MakeStoppedClusterAsync() => await (await StartAsync(stopOnDispose: true)).DisposeAsync();

    public Task<PostmasterFile?> LiveAsync() => PostmasterFile.LiveAsync(Places.Data, Cancellation);

    public static Task<string?> AskAsync(EmbeddedPostgres server, string question) => AskAsync(server.ConnectionString, question);

    public static async Task<string?> AskAsync(string connectionString, string question)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        return await connection.ExecuteScalarAsync<string>(question);
    }

    public static void Kill(int process)
    {
        using var server = Process.GetProcessById(process);
        server.Kill();
    }

    public ValueTask DisposeAsync() => RemoveAsync(Places);

    public static async ValueTask RemoveAsync(ClusterFolder folder)
    {
        var binaries = await PostgresBinaries.ChooseAsync(PostgresBinaries.Installed(), version: null, CancellationToken.None);
        var cluster = new Cluster(folder, await PostgresUser.FindAsync(CancellationToken.None), binaries, ClusterPurpose.Service);
        await cluster.StopAsync(CancellationToken.None);
        Directory.Delete(folder.Path, recursive: true);
    }
}
