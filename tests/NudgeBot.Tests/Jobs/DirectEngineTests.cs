using NodaTime;
using NodaTime.Text;
using NudgeBot.Jobs;
using NudgeBot.Tests.Database;

namespace NudgeBot.Tests.Jobs;

public sealed class DirectEngineTests : IAsyncLifetime
{
    static readonly Instant Noon = Instant.FromUtc(2027, 1, 11, 12, 0);

    readonly ProductClock clock = ProductClock.StandingAt(Noon);
    readonly List<string> runs = [];
    TestDatabase database = null!;
    DirectEngine engine = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        engine = new DirectEngine(new NudgingProduct(database.Source, clock, Shipped.Content, []));
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Runs_the_jobs_in_order_of_due_time_and_at_one_moment_in_the_lists_order()
    {
        await engine.StartAsync([Noting("often", Schedule.EverySeconds(20)), Noting("seldom", Schedule.EverySeconds(30))], Cancellation);

        await engine.RunUntilAsync(Noon + Duration.FromMinutes(1), Cancellation);

        runs.ShouldBe(["often 12:00:00", "seldom 12:00:00", "often 12:00:20", "seldom 12:00:30", "often 12:00:40", "often 12:01:00", "seldom 12:01:00"]);
    }

    [Fact]
    public async Task Leaves_the_clock_at_the_end_and_goes_on_from_there()
    {
        await engine.StartAsync([Noting("job", Schedule.EveryMinutes(1))], Cancellation);

        await engine.RunUntilAsync(Noon + Duration.FromSeconds(90), Cancellation);
        clock.Now.ShouldBe(Noon + Duration.FromSeconds(90));
        await engine.RunUntilAsync(Noon + Duration.FromSeconds(120), Cancellation);

        runs.ShouldBe(["job 12:00:00", "job 12:01:00", "job 12:02:00"]);
    }

    [Fact]
    public async Task Runs_once_what_a_clock_moved_by_somebody_else_has_passed_over()
    {
        await engine.StartAsync([Noting("job", Schedule.EveryMinutes(1))], Cancellation);
        clock.MoveTo(Noon + Duration.FromHours(1));

        await engine.RunUntilAsync(clock.Now, Cancellation);

        runs.ShouldBe(["job 13:00:00"]);
    }

    [Fact]
    public async Task Tells_when_each_job_last_succeeded()
    {
        await engine.StartAsync([Noting("works", Schedule.EveryMinutes(1)), Failing(afterRuns: 1)], Cancellation);

        await Should.ThrowAsync<TimeoutException>(engine.RunUntilAsync(Noon + Duration.FromHours(1), Cancellation));

        var last = await engine.LastSuccessesAsync(Cancellation);
        last["works"].ShouldBe(Noon + Duration.FromMinutes(1));
        last["fails"].ShouldBe(Noon);
    }

    [Fact]
    public async Task Skips_the_runs_that_would_find_nothing_but_never_the_first_of_a_call()
    {
        await engine.StartAsync([Noting("job", Schedule.EverySeconds(30)) with { NextMoment = Once(Noon + Duration.FromSeconds(100)) }], Cancellation);

        await engine.RunUntilAsync(Noon + Duration.FromMinutes(10), Cancellation);
        await engine.RunUntilAsync(Noon + Duration.FromMinutes(20), Cancellation);

        runs.ShouldBe(["job 12:00:00", "job 12:02:00", "job 12:10:00"]);
        static Func<NudgingProduct, CancellationToken, Task<Instant?>> Once(Instant moment) =>
            (product, _) => Task.FromResult<Instant?>(product.Clock.Now <= moment ? moment : null);
    }

    [Fact]
    public async Task Runs_now_what_has_something_to_do_now_and_leaves_the_clock()
    {
        Instant? toDo = null;
        await engine.StartAsync([Noting("job", Schedule.EveryMinutes(1)) with { NextMoment = (_, _) => Task.FromResult(toDo) }], Cancellation);
        await engine.RunNowAsync(Cancellation);
        await engine.RunNowAsync(Cancellation);

        toDo = Noon;
        await engine.RunNowAsync(Cancellation);
        toDo = Noon + Duration.FromSeconds(1);
        await engine.RunNowAsync(Cancellation);

        runs.ShouldBe(["job 12:00:00", "job 12:00:00"]);
        clock.Now.ShouldBe(Noon);
    }

    [Fact]
    public async Task Runs_nothing_after_a_stop()
    {
        await engine.StartAsync([Noting("job", Schedule.EveryMinutes(1))], Cancellation);
        await engine.StopAsync(Cancellation);
        await engine.RunUntilAsync(Noon + Duration.FromHours(1), Cancellation);
        runs.ShouldBeEmpty();
    }

    RecurringJob Noting(string name, Schedule schedule) => new(name, schedule, RunsOn.OneReplica, Retry: "", (product, _) =>
    {
        runs.Add($"{name} {InstantPattern.ExtendedIso.Format(product.Clock.Now)[11..19]}");
        return Task.CompletedTask;
    });

    static RecurringJob Failing(int afterRuns) => new("fails", Schedule.EveryMinutes(1), RunsOn.OneReplica, Retry: "", (_, _) =>
        afterRuns-- > 0 ? Task.CompletedTask : throw new TimeoutException());
}
