using Dapper;
using Npgsql;
using NudgeBot.Tests;
using NudgeBot.Tests.Database;

namespace NudgeBot.Web.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task Is_ready_while_the_database_answers_and_live_all_the_time()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using var replica = Replica.Start(("NUDGEBOT_DATABASE", database.ConnectionString), ("NUDGEBOT_CONTENT", Shipped.Content.Path));
        await replica.WaitForStartAsync();

        (await replica.GetAsync("/health/live")).Status.ShouldBe(200);
        var (status, body) = await replica.GetAsync("/health/ready");
        status.ShouldBe(200);
        body.GetProperty("checks").EnumerateObject().Select(check => (check.Name, check.Value.GetProperty("status").GetString()))
            .ShouldBe([("database", "ok"), ("migrations", "ok"), ("jobs", "ok")]);
        await replica.WaitForAsync(
            async () => (await JobsAsync(replica)).SetEquals(["plan", "dispatch", "enroll", "sweep-leases", "prepare", "watch", "review", "work-inbox", "forecast", "forget-inbox"]), "each job has told when it last succeeded");

        await SetReachableAsync(database, reachable: false);
        await replica.WaitForAsync(async () => (await replica.GetAsync("/health/ready")).Status == 503, "it is not ready");
        (await replica.GetAsync("/health/ready")).Body.GetProperty("checks").GetProperty("database").GetProperty("status").GetString().ShouldBe("failing");
        (await replica.GetAsync("/health/live")).Status.ShouldBe(200);

        await SetReachableAsync(database, reachable: true);
        await replica.WaitForAsync(async () => (await replica.GetAsync("/health/ready")).Status == 200, "it is ready again");
    }

    [Fact]
    public async Task Is_not_ready_on_a_database_that_lacks_migrations()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var replica = Replica.Start(("NUDGEBOT_DATABASE", database.ConnectionString), ("NUDGEBOT_CONTENT", Shipped.Content.Path));
        await replica.WaitForStartAsync();
        await using (var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken))
            await connection.ExecuteAsync("delete from schema_migrations");

        var (status, body) = await replica.GetAsync("/health/ready");

        status.ShouldBe(503);
        body.GetProperty("checks").GetProperty("migrations").GetProperty("detail").GetString()!.ShouldContain("lacks");
    }

    static async Task<HashSet<string>> JobsAsync(Replica replica) =>
        [.. (await replica.GetAsync("/health/ready")).Body.GetProperty("checks").GetProperty("jobs").GetProperty("data").EnumerateObject().Select(job => job.Name)];

    /// <summary>Nobody gets in, and whoever is in gets out.</summary>
    static async Task SetReachableAsync(TestDatabase database, bool reachable)
    {
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        // From another database of the same server.
        var outside = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(outside.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync($"alter database {name} with allow_connections {(reachable ? "true" : "false")}");
        if (!reachable) await connection.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = @name", new { name });
    }
}
