using NodaTime;

namespace NudgeBot.Jobs;

/// <summary>What runs the recurring jobs by the clock: Quartz, Hangfire, or nothing but a clock that is moved (<see cref="DirectEngine"/>).</summary>
public interface IJobEngine
{
    /// <summary>Replaces what an earlier start has left: jobs that are no longer in the list do not run any more.</summary>
    Task StartAsync(IReadOnlyList<RecurringJob> jobs, CancellationToken cancellation);

    /// <summary>Starts nothing more, and ends when what runs has ended.</summary>
    Task StopAsync(CancellationToken cancellation);

    /// <summary>When each job last succeeded, on whichever replica; a job that never did is not in it.</summary>
    Task<IReadOnlyDictionary<string, Instant>> LastSuccessesAsync(CancellationToken cancellation);
}
