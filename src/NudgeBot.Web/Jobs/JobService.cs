using NudgeBot.Jobs;

namespace NudgeBot.Web.Jobs;

/// <summary>Starts the jobs when the program has started, port included, and not before: a start that fails must leave nothing claimed.</summary>
sealed class JobService(IJobEngine engine, ReplicaLoop replica) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await engine.StartAsync([.. RecurringJobs.All.Where(job => job.RunsOn == RunsOn.OneReplica)], cancellationToken);
        replica.Start(RecurringJobs.All.Where(job => job.RunsOn == RunsOn.EveryReplica));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(engine.StopAsync(cancellationToken), replica.StopAsync());

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
