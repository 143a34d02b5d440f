using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Npgsql;
using NudgeBot.Database;

namespace NudgeBot.Tests.Database;

/// <summary>
/// The server of all tests of this process: the one that <c>NUDGEBOT_TEST_DATABASE</c> names, or a scratch one, which stops with the
/// process.
/// </summary>
public static class PostgresCluster
{
    static readonly Lazy<Task<string>> Server = new(StartAsync);
    static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    /// <summary>A fresh database: migrated, or empty.</summary>
    public static async Task<string> CreateDatabaseAsync(bool migrated)
    {
        var name = $"nudgebot_test_{Guid.NewGuid():N}";
        await RunAsync($"create database {name} template {(migrated ? await Template.Value : "template0")}");
        return await ConnectionStringAsync(name);
    }

    /// <summary>A copy of a database that nobody is connected to.</summary>
    public static async Task<string> CopyDatabaseAsync(string connectionString)
    {
        var name = $"nudgebot_test_{Guid.NewGuid():N}";
        await RunAsync($"create database {name} template {new NpgsqlConnectionStringBuilder(connectionString).Database}");
        return await ConnectionStringAsync(name);
    }

    public static Task DropDatabaseAsync(string connectionString) =>
        RunAsync($"drop database {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");

    static async Task<string> StartAsync() =>
        Environment.GetEnvironmentVariable("NUDGEBOT_TEST_DATABASE") is { Length: > 0 } given
            ? given
            : (await EmbeddedPostgres.StartScratchAsync(CancellationToken.None)).ConnectionString;

    /// <summary>Named after what is in it: on a server that outlives the tests, it serves every run that has the same migrations.</summary>
    static async Task<string> MakeTemplateAsync()
    {
        var checksums = string.Concat(Migration.All.Select(m => m.Checksum));
        var name = "nudgebot_template_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(checksums)))[..16];

        await using var connection = new NpgsqlConnection(await Server.Value);
        await connection.OpenAsync();
        // Test processes share a server: one of them makes it. The lock ends with the connection.
        await using var wait = new NpgsqlCommand("select pg_advisory_lock(1)", connection);
        await wait.ExecuteNonQueryAsync();
        await using var look = new NpgsqlCommand($"select datistemplate from pg_database where datname = '{name}'", connection);
        var whole = await look.ExecuteScalarAsync();
        if (whole is not true)
        {
            if (whole is null) await RunAsync($"create database {name} template template0");
            // No connection may stay open to a database that is copied.
            var unpooled = new NpgsqlConnectionStringBuilder(await ConnectionStringAsync(name)) { Pooling = false };
            await using (var template = NpgsqlDataSource.Create(unpooled))
                await Migrations.ApplyAsync(template, ProductClock.StandingAt(Instant.FromUtc(2026, 1, 1, 0, 0)), CancellationToken.None);
            await RunAsync($"alter database {name} is_template true");
        }
        await using var release = new NpgsqlCommand("select pg_advisory_unlock(1)", connection);
        await release.ExecuteNonQueryAsync();
        return name;
    }

    static async Task<string> ConnectionStringAsync(string database) =>
        new NpgsqlConnectionStringBuilder(await Server.Value) { Database = database, MaxPoolSize = 20 }.ConnectionString;

    static async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await Server.Value);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
