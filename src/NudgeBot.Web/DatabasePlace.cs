using Npgsql;
using NudgeBot.Database;

namespace NudgeBot.Web;

/// <summary>The server that <c>NUDGEBOT_DATABASE</c> names, else the embedded one, which is left running for the next command.</summary>
/// <param name="ConnectionString">With its password, which a data source no longer tells.</param>
sealed record DatabasePlace(NpgsqlDataSource Source, string ConnectionString, EmbeddedPostgres? Embedded) : IAsyncDisposable
{
    const string Setting = "NUDGEBOT_DATABASE";

    public static Task<DatabasePlace> OpenAsync(CancellationToken stop) => OpenAsync(HomeFolder.Path, stop);

    /// <param name="home">Where the embedded server's files lie.</param>
    public static async Task<DatabasePlace> OpenAsync(string home, CancellationToken stop)
    {
        if (Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } configured) return new DatabasePlace(Configured(configured), configured, null);
        var embedded = await EmbeddedPostgres.StartAsync(home, stop);
        return new DatabasePlace(NpgsqlDataSource.Create(embedded.ConnectionString), embedded.ConnectionString, embedded);
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        if (Embedded is not null) await Embedded.DisposeAsync();
    }

    static NpgsqlDataSource Configured(string connectionString)
    {
        try
        {
            return NpgsqlDataSource.Create(connectionString);
        }
        catch (ArgumentException error)
        {
            // In our words: the library's may quote the string, password and all.
            throw new DatabaseException(
                $"{Setting} is not a connection string such as 'Host=db.example.com;Database=nudgebot;Username=nudgebot;Password=...'.", error);
        }
    }
}
