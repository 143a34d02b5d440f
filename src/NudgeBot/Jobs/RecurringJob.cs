using NodaTime;

namespace NudgeBot.Jobs;

/// <summary>
/// Something that is done again and again. It finds its work in the database by ids, gets nothing handed over, and can run twice, also at
/// the same time: engines promise "at least once", not more.
/// </summary>
/// <param name="Name">Engines store it; a job that is renamed is another job to them.</param>
/// <param name="Retry">What happens after a failure, and why that is right.</param>
public sealed record RecurringJob(
    string Name, Schedule Schedule, RunsOn RunsOn, string Retry, Func<NudgingProduct, CancellationToken, Task> Work)
{
    /// <summary>
    /// The product moment at which time alone next gives the job something to do; null: never. With it, a clock that is moved skips the runs
    /// that would find nothing. Without it, none is skipped.
    /// </summary>
    public Func<NudgingProduct, CancellationToken, Task<Instant?>>? NextMoment { get; init; }
}

public enum RunsOn
{
    /// <summary>One replica at a time, whichever the engine chooses.</summary>
    OneReplica,

    /// <summary>All replicas, each by its own clock and side by side: the work itself is shared out by the database.</summary>
    EveryReplica,
}
