using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NudgeBot.Jobs;
using NudgeBot.Tests;
using NudgeBot.Tests.Database;
using NudgeBot.Web.Jobs;

namespace NudgeBot.Web.Tests.Jobs;

public sealed class QuartzClusterTests : IAsyncLifetime
{
    TestDatabase database = null!;
    int runs;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Two_nodes_have_ids_of_their_own_and_a_job_runs_once_per_firing()
    {
        await using var one = Node();
        await using var other = Node();
        var engines = new[] { one, other }.Select(node => node.GetRequiredService<IJobEngine>()).ToList();
        foreach (var engine in engines) await engine.StartAsync([Counting("count")], Cancellation);

        await Until.TrueAsync(async () => (await ListAsync("select instance_name from quartz.qrtz_scheduler_state")).Count == 2, "two nodes are known");
        // The second node has replaced the trigger: it counts its firings from here on.
        var before = runs;
        await Until.TrueAsync(() => Task.FromResult(runs >= before + 8), "there were eight runs");
        foreach (var engine in engines) await engine.StopAsync(Cancellation);

        // Run by both nodes, it would be twice as many.
        var firings = long.Parse((await ListAsync("select times_triggered::text from quartz.qrtz_simple_triggers")).Single());
        (runs - before).ShouldBeInRange(8, (int)firings);
        (await engines[0].LastSuccessesAsync(Cancellation)).Keys.ShouldBe(["count"]);
    }

    [Fact]
    public async Task A_job_that_left_the_list_does_not_run_any_more()
    {
        await using (var before = Node())
        {
            var engine = before.GetRequiredService<IJobEngine>();
            await engine.StartAsync([Counting("old"), Counting("kept")], Cancellation);
            await engine.StopAsync(Cancellation);
        }
        await using var after = Node();
        await after.GetRequiredService<IJobEngine>().StartAsync([Counting("kept"), Counting("new")], Cancellation);

        (await ListAsync("select trigger_name from quartz.qrtz_triggers order by 1")).ShouldBe(["kept", "new"]);
        await after.GetRequiredService<IJobEngine>().StopAsync(Cancellation);
    }

    RecurringJob Counting(string name) => new(name, Schedule.EverySeconds(1), RunsOn.OneReplica, Retry: "", (_, _) =>
    {
        Interlocked.Increment(ref runs);
        return Task.CompletedTask;
    });

    ServiceProvider Node() => new ServiceCollection()
        .AddLogging()
        .AddSingleton(database.Source)
        .AddSingleton(new NudgingProduct(database.Source, ProductClock.Ticking(WireClock.System), Shipped.Content, []))
        .AddQuartzEngine()
        .BuildServiceProvider();

    async Task<List<string>> ListAsync(string sql)
    {
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        return (await connection.QueryAsync<string>(sql)).AsList();
    }
}
