using System.Collections.Concurrent;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NudgeBot.Jobs;
using NudgeBot.Tests;
using NudgeBot.Tests.Database;
using NudgeBot.Web.Jobs;
using Quartz;

namespace NudgeBot.Web.Tests.Jobs;

public sealed class QuartzClusterTests : IAsyncLifetime
{
    TestDatabase database = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Two_nodes_have_ids_of_their_own_and_a_job_runs_once_per_firing()
    {
        await using var one = Node();
        await using var other = Node();
        var engines = new[] { one, other }.Select(node => node.GetRequiredService<IJobEngine>()).ToList();
        foreach (var engine in engines) await engine.StartAsync([EverySecond("count")], Cancellation);

        await Until.TrueAsync(async () => (await ListAsync("select instance_name from quartz.qrtz_scheduler_state")).Count == 2, "two nodes are known");
        var firings = new Firings();
        foreach (var node in new[] { one, other }) (await node.GetRequiredService<ISchedulerFactory>().GetScheduler(Cancellation)).ListenerManager.AddJobListener(firings);
        await Until.TrueAsync(() => Task.FromResult(firings.ScheduledFor.Count >= 8), "there were eight runs");
        foreach (var engine in engines) await engine.StopAsync(Cancellation);

        // However late: each is for a second of its own.
        firings.ScheduledFor.ShouldBeUnique();
        (await engines[0].LastSuccessesAsync(Cancellation)).Keys.ShouldBe(["count"]);
    }

    [Fact]
    public async Task A_job_that_left_the_list_does_not_run_any_more()
    {
        await using (var before = Node())
        {
            var engine = before.GetRequiredService<IJobEngine>();
            await engine.StartAsync([EverySecond("old"), EverySecond("kept")], Cancellation);
            await engine.StopAsync(Cancellation);
        }
        await using var after = Node();
        await after.GetRequiredService<IJobEngine>().StartAsync([EverySecond("kept"), EverySecond("new")], Cancellation);

        (await ListAsync("select trigger_name from quartz.qrtz_triggers order by 1")).ShouldBe(["kept", "new"]);
        await after.GetRequiredService<IJobEngine>().StopAsync(Cancellation);
    }

    /// <summary>The moments that the runs of all nodes were for.</summary>
    sealed class Firings : IJobListener
    {
        public string Name => nameof(Firings);

        public ConcurrentQueue<DateTimeOffset> ScheduledFor { get; } = new();

        public ValueTask JobToBeExecuted(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            ScheduledFor.Enqueue(context.ScheduledFireTimeUtc!.Value);
            return ValueTask.CompletedTask;
        }

        public ValueTask JobExecutionVetoed(IJobExecutionContext context, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask JobWasExecuted(IJobExecutionContext context, JobExecutionException? jobException, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }

    static RecurringJob EverySecond(string name) => new(name, Schedule.EverySeconds(1), RunsOn.OneReplica, Retry: "", (_, _) => Task.CompletedTask);

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
