using System.Collections.Concurrent;
using NodaTime;
using NudgeBot.Jobs;

namespace NudgeBot.Web.Jobs;

/// <summary>Runs the jobs that every replica runs, each in a loop of its own by the system's clock.</summary>
sealed class ReplicaLoop(NudgingProduct product, ILogger<ReplicaLoop> log) : IDisposable
{
    readonly ConcurrentDictionary<string, Instant> lastSuccesses = new();
    readonly CancellationTokenSource stopping = new();
    Task loops = Task.CompletedTask;

    /// <summary>By the system's clock.</summary>
    public IReadOnlyDictionary<string, Instant> LastSuccesses => lastSuccesses;

    public Instant StartedAt { get; } = Now;

    static Instant Now => Instant.FromDateTimeOffset(WireClock.System.GetUtcNow());

    public void Start(IEnumerable<RecurringJob> jobs) => loops = Task.WhenAll(jobs.Select(job => Task.Run(() => LoopAsync(job))));

    /// <summary>Ends when what is under way is finished or given back.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await loops;
    }

    public void Dispose() => stopping.Dispose();

    /// <summary>The first run is at once. When one took longer than the interval, the next follows at once: there is work.</summary>
    async Task LoopAsync(RecurringJob job)
    {
        using var timer = new PeriodicTimer(job.Schedule.Every.ToTimeSpan(), WireClock.System);
        try
        {
            do await RunAsync(job);
            while (await timer.WaitForNextTickAsync(stopping.Token));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // A clean stop.
        }
    }

    async Task RunAsync(RecurringJob job)
    {
        try
        {
            await job.Work(product, stopping.Token);
            lastSuccesses[job.Name] = Now;
        }
        catch (Exception error) when (error is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            // Whatever it is, a database that restarts for one, must not end the loop: the next run is the retry, and the readiness check sees none succeed.
            log.LogError(error, "Job {Job} failed; it runs again {Schedule}.", job.Name, job.Schedule.InWords);
        }
    }
}
