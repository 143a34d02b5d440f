using NodaTime;

namespace NudgeBot.Jobs;

/// <summary>
/// Runs the jobs without threads, by a standing clock that it moves from one due moment to the next: for the playground and the tests.
/// Each job ends before the clock moves on, so nothing that is claimed ever meets a moved clock. All jobs run, wherever they would in a cluster.
/// </summary>
public sealed class DirectEngine(NudgingProduct product) : IJobEngine
{
    readonly Dictionary<string, Instant> lastSuccesses = [];
    IReadOnlyList<RecurringJob> jobs = [];
    Instant[] dueAt = [];

    /// <summary>All jobs are due at once, in the order of the list.</summary>
    public Task StartAsync(IReadOnlyList<RecurringJob> jobs, CancellationToken cancellation)
    {
        this.jobs = jobs;
        dueAt = [.. jobs.Select(_ => product.Clock.Now)];
        return Task.CompletedTask;
    }

    /// <summary>Runs what is due until then, that moment included, and leaves the clock there.</summary>
    /// <exception cref="InvalidOperationException">The product's clock ticks by itself.</exception>
    public async Task RunUntilAsync(Instant end, CancellationToken cancellation = default)
    {
        while (Next() is { } next && dueAt[next] <= end)
        {
            cancellation.ThrowIfCancellationRequested();
            // Somebody else may have moved the clock past moments that were due: they count once, now.
            var now = Instant.Max(dueAt[next], product.Clock.Now);
            product.Clock.MoveTo(now);
            await jobs[next].Work(product, cancellation);
            lastSuccesses[jobs[next].Name] = now;
            dueAt[next] = now + jobs[next].Schedule.Every;
        }
        product.Clock.MoveTo(Instant.Max(end, product.Clock.Now));
    }

    public Task StopAsync(CancellationToken cancellation)
    {
        jobs = [];
        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<string, Instant>> LastSuccessesAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<string, Instant>>(lastSuccesses);

    /// <summary>The job that is due first; of several at one moment, the first of the list.</summary>
    int? Next() => jobs.Count == 0 ? null : Enumerable.Range(0, jobs.Count).MinBy(index => dueAt[index]);
}
