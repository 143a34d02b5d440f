using Hangfire;
using NudgeBot.Jobs;

namespace NudgeBot.Hangfire;

/// <summary>Every recurring job is this one to Hangfire, which stores its name and the argument: renaming any of them orphans what is stored.</summary>
public sealed class HangfireJob(NudgingProduct product, HangfireEngine engine)
{
    /// <param name="name">The recurring job's.</param>
    /// <param name="cancellation">Put in by Hangfire; signals that its server stops.</param>
    // No retries: the list says why. A failed run is deleted, which is to say kept for a day and then gone; as "failed" it would stay for ever.
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    // Runs of one job do not overlap: one that finds the job running waits for a second, then leaves it to that run. {0} is the name.
    [DisableConcurrentExecution("nudgebot:{0}", 1)]
    public async Task RunAsync(string name, CancellationToken cancellation)
    {
        var job = RecurringJobs.All.FirstOrDefault(job => job.Name == name)
            ?? throw new InvalidOperationException($"This replica's program knows no job '{name}'.");
        await job.Work(product, cancellation);
        engine.Remember(name);
    }
}
