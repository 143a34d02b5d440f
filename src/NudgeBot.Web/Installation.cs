using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Database;
using NudgeBot.People;

namespace NudgeBot.Web;

/// <summary>Database and product as the settings say: the database that <c>NUDGEBOT_DATABASE</c> names, or an embedded one, brought up to date.</summary>
sealed class Installation : IAsyncDisposable
{
    const string DatabaseSetting = "NUDGEBOT_DATABASE";
    const string OrganizationSetting = "NUDGEBOT_ORGANIZATION";

    readonly EmbeddedPostgres? embedded;

    Installation(EmbeddedPostgres? server, string connectionString, NpgsqlDataSource database, NudgingProduct product)
    {
        embedded = server;
        ConnectionString = connectionString;
        Database = database;
        Product = product;
    }

    public string ConnectionString { get; }
    public NpgsqlDataSource Database { get; }
    public NudgingProduct Product { get; }

    public static async Task<Installation> OpenAsync(IConfiguration settings, IHostEnvironment environment, CancellationToken cancellation)
    {
        var content = ContentFolder.Find(settings[ContentFolder.Setting], Environment.CurrentDirectory, AppContext.BaseDirectory);
        var given = settings[DatabaseSetting];
        var server = string.IsNullOrWhiteSpace(given) ? await EmbeddedPostgres.StartAsync(HomeFolder.Path, cancellation) : null;
        if (server is not null) server.StopOnDispose = true;
        NpgsqlDataSource? database = null;
        try
        {
            var connectionString = server?.ConnectionString ?? given!;
            database = Open(connectionString);
            var clock = ProductClock.Ticking(WireClock.System);
            var product = new NudgingProduct(database, clock, content, FileRecorder.Platforms(settings, environment));
            await Migrations.ApplyAsync(database, clock, cancellation);
            await Organizations.EnsureFirstAsync(database, settings[OrganizationSetting] is { Length: > 0 } name ? name : "default", clock, cancellation);
            return new Installation(server, connectionString, database, product);
        }
        catch
        {
            if (database is not null) await database.DisposeAsync();
            if (server is not null) await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (embedded is not null) await embedded.DisposeAsync();
    }

    static NpgsqlDataSource Open(string connectionString)
    {
        try
        {
            return NpgsqlDataSource.Create(connectionString);
        }
        catch (ArgumentException error)
        {
            // In our words: the library's may quote the string, password and all.
            throw new DatabaseException(
                $"{DatabaseSetting} is not a connection string such as 'Host=db.example.com;Database=nudgebot;Username=nudgebot;Password=...'.", error);
        }
    }
}
