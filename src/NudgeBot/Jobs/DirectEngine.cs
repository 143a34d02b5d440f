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

    /// <summary>
    /// Runs what is due until then, that moment included, and leaves the clock there. Each job runs the first time that it is due, because
    /// anything may have happened since the last call, and then whenever time gives it something to do.
    /// </summary>
    /// <exception cref="InvalidOperationException">The product's clock ticks by itself.</exception>
    public async Task RunUntilAsync(Instant end, CancellationToken cancellation = default)
    {
        var hasRun = new bool[jobs.Count];
        while (await NextAsync(hasRun, cancellation) is var (next, due) && due <= end)
        {
            cancellation.ThrowIfCancellationRequested();
            product.Clock.MoveTo(due);
            await jobs[next].Work(product, cancellation);
            hasRun[next] = true;
            lastSuccesses[jobs[next].Name] = due;
            dueAt[next] = due + jobs[next].Schedule.Every;
        }
        product.Clock.MoveTo(Instant.Max(end, product.Clock.Now));
    }

    /// <summary>Runs what time gives to do next, and leaves the clock there.</summary>
    /// <returns>False when nothing is due until <paramref name="limit"/>: the clock stays.</returns>
    /// <exception cref="InvalidOperationException">The product's clock ticks by itself.</exception>
    public async Task<bool> RunNextAsync(Instant limit, CancellationToken cancellation = default)
    {
        var noneIsNew = Enumerable.Repeat(true, jobs.Count).ToArray();
        if (await NextAsync(noneIsNew, cancellation) is not var (_, due) || due > limit) return false;
        await RunUntilAsync(due, cancellation);
        return true;
    }

    /// <summary>
    /// Runs the jobs that have something to do at this very moment, also those whose next time is still to come: where the clock stands it
    /// would not come, and what somebody just did would wait for ever.
    /// </summary>
    public async Task RunNowAsync(CancellationToken cancellation = default)
    {
        await RunUntilAsync(product.Clock.Now, cancellation);
        foreach (var job in jobs)
            if (job.NextMoment is { } nextMoment && await nextMoment(product, cancellation) <= product.Clock.Now) await job.Work(product, cancellation);
    }

    public Task StopAsync(CancellationToken cancellation)
    {
        jobs = [];
        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<string, Instant>> LastSuccessesAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<string, Instant>>(lastSuccesses);

    /// <summary>The job that is due first, and when; of several at one moment, the first of the list.</summary>
    async Task<(int Job, Instant Due)?> NextAsync(bool[] hasRun, CancellationToken cancellation)
    {
        (int Job, Instant Due)? first = null;
        for (var job = 0; job < jobs.Count; job++)
            if (await DueAsync(job, hasRun[job], cancellation) is { } due && !(first?.Due <= due)) first = (job, due);
        return first;
    }

    async Task<Instant?> DueAsync(int job, bool hasRun, CancellationToken cancellation)
    {
        // Somebody else may have moved the clock past moments that were due: they count once, now.
        var due = Instant.Max(dueAt[job], product.Clock.Now);
        if (!hasRun || jobs[job].NextMoment is not { } nextMoment) return due;
        if (await nextMoment(product, cancellation) is not { } moment) return null;

        // As any engine would, it looks at its own times only.
        var every = jobs[job].Schedule.Every;
        while (due < moment) due += every;
        return due;
    }
}
