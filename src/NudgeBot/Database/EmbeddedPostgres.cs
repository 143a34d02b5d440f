using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace NudgeBot.Database;

/// <summary>
/// A private PostgreSQL server for an installation without one: in its own folder, on 127.0.0.1, with a password. Programs that start
/// it at once share one server, and the server that a killed program left behind is taken over.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    const int Attempts = 300;

    /// <summary>Statements that a connection keeps prepared: more than the program has, so that none is parsed and planned over and over.</summary>
    const int Prepared = 200;

    /// <summary>Who keeps only the connection string must not lose the server to the garbage collector, which would close lock and keeper.</summary>
    static readonly ConcurrentDictionary<EmbeddedPostgres, bool> Undisposed = [];

    readonly Cluster cluster;
    readonly FileLock use;
    readonly ScratchKeeper? keeper;

    EmbeddedPostgres(Cluster cluster, FileLock use, ScratchKeeper? keeper, PostmasterFile server, string connectionString)
    {
        this.cluster = cluster;
        this.use = use;
        this.keeper = keeper;
        ProcessId = server.ProcessId;
        ConnectionString = connectionString;
        Undisposed[this] = true;
    }

    /// <summary>For Npgsql; the database <c>nudgebot</c>, which is there.</summary>
    public string ConnectionString { get; }

    public int ProcessId { get; }

    /// <summary>Where the cluster really lies, which is not the wanted folder if the server's user cannot reach that.</summary>
    public string Folder => cluster.Folder.Path;

    /// <summary>A service stops its server when it ends, unless another program still uses it; a short command leaves it running.</summary>
    public bool StopOnDispose { get; set; }

    public static Task<EmbeddedPostgres> StartAsync(string folder, CancellationToken cancellation) =>
        StartAsync(folder, ClusterPurpose.Service, FreePort, cancellation);

    /// <summary>In a folder for temporary files, gone when disposed or when this program ends.</summary>
    public static Task<EmbeddedPostgres> StartScratchAsync(CancellationToken cancellation) =>
        StartAsync(Path.Combine(Path.GetTempPath(), $"nudgebot-{Guid.NewGuid():N}"), ClusterPurpose.Scratch, FreePort, cancellation);

    internal static async Task<EmbeddedPostgres> StartAsync(string folder, ClusterPurpose purpose, Func<int> choosePort, CancellationToken cancellation)
    {
        var user = await PostgresUser.FindAsync(cancellation);
        var place = await ClusterFolder.PrepareAsync(folder, user, cancellation);
        using var change = await FileLock.TakeAsync(place.ChangeLock, cancellation);
        var binaries = await PostgresBinaries.ChooseAsync(PostgresBinaries.Installed(), place.Version, cancellation);
        var made = new Cluster(place, user, binaries, purpose);
        var watch = purpose == ClusterPurpose.Scratch ? ScratchKeeper.Watch(place.Path, made.StopCommand("immediate")) : null;
        try
        {
            if (!place.HoldsCluster) await made.CreateAsync(cancellation);
            var password = await made.PasswordAsync(cancellation);
            var (server, connectionString) = await ConnectAsync(made, choosePort, password, cancellation);
            // Nobody holds this lock alone without holding the other one.
            return new EmbeddedPostgres(made, FileLock.TryShare(place.UseLock)!, watch, server, connectionString);
        }
        catch when (watch is not null)
        {
            await watch.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!Undisposed.TryRemove(this, out _)) return;
        if (keeper is not null)
        {
            use.Dispose();
            await keeper.DisposeAsync();
            return;
        }
        using var change = await FileLock.TakeAsync(cluster.Folder.ChangeLock, CancellationToken.None);
        use.Dispose();
        using var alone = FileLock.TryTake(cluster.Folder.UseLock);
        if (StopOnDispose && alone is not null) await cluster.StopAsync(CancellationToken.None);
    }

    /// <summary>A server taken over may still be recovering, or already be stopping: what it refuses for that reason is asked again.</summary>
    static async Task<(PostmasterFile, string)> ConnectAsync(Cluster cluster, Func<int> choosePort, string password, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var server = await cluster.LiveAsync(cancellation) ?? await cluster.StartAsync(choosePort, cancellation);
            var connection = new NpgsqlConnectionStringBuilder
            {
                Host = "127.0.0.1",
                Port = server.Port,
                Username = Cluster.Owner,
                Password = password,
                Database = "nudgebot",
                SslMode = SslMode.Disable,
                GssEncryptionMode = GssEncryptionMode.Disable,
                MaxAutoPrepare = Prepared,
                // Nothing here changes a session for longer than a transaction, so that there is nothing to reset: seven statements less each time.
                NoResetOnClose = true,
            };
            try
            {
                await EnsureDatabaseAsync(connection, cancellation);
                return (server, connection.ConnectionString);
            }
            catch (NpgsqlException error) when (error.IsTransient && attempt < Attempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), WireClock.System, cancellation);
            }
        }
    }

    static async Task EnsureDatabaseAsync(NpgsqlConnectionStringBuilder wanted, CancellationToken cancellation)
    {
        var always = new NpgsqlConnectionStringBuilder(wanted.ConnectionString) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(always.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var look = new NpgsqlCommand("select 1 from pg_database where datname = @name", connection);
        look.Parameters.AddWithValue("name", wanted.Database!);
        if (await look.ExecuteScalarAsync(cancellation) is not null) return;
        await using var create = new NpgsqlCommand($"create database {wanted.Database} template template0 encoding 'UTF8' locale 'C'", connection);
        await create.ExecuteNonQueryAsync(cancellation);
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
