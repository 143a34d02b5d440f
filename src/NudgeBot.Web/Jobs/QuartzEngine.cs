using NodaTime;
using NudgeBot.Jobs;
using Quartz;
using Quartz.Extensibility;

namespace NudgeBot.Web.Jobs;

/// <summary>Quartz as the engine: one trigger per recurring job, kept in PostgreSQL, so that all replicas together run each job once per firing.</summary>
sealed class QuartzEngine(ISchedulerFactory schedulers, IExecutionHistoryStore history, QuartzTables tables) : IJobEngine
{
    IScheduler? scheduler;

    /// <summary>What Quartz's job asks for its work, by name.</summary>
    public IReadOnlyList<RecurringJob> Jobs { get; private set; } = [];

    public async Task StartAsync(IReadOnlyList<RecurringJob> jobs, CancellationToken cancellation)
    {
        Jobs = jobs;
        await tables.PrepareAsync(cancellation);
        scheduler = await schedulers.GetScheduler(cancellation);
        foreach (var stored in (await scheduler.QueryJobs(new JobQuery(), cancellation)).Items.Where(stored => jobs.All(job => job.Name != stored.Key.Name)))
            await scheduler.DeleteJob(stored.Key, cancellation);
        // Replacing sets the first firing to now: a replica that starts, perhaps after an outage, does not wait for what is due. It also
        // brings an interval that was changed in the list.
        foreach (var job in jobs) await scheduler.ScheduleJob(Detail(job), [Trigger(job)], ScheduleJobOptions.Replacing, cancellation);
        await scheduler.Start(cancellation);
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        if (scheduler is not null) await scheduler.Shutdown(waitForJobsToComplete: true, cancellation);
    }

    public async Task<IReadOnlyDictionary<string, Instant>> LastSuccessesAsync(CancellationToken cancellation)
    {
        if (scheduler is null) return new Dictionary<string, Instant>();
        var statuses = await history.QueryJobRunStatuses(new JobRunStatusQuery { SchedulerName = scheduler.SchedulerName }, cancellation);
        return statuses.Items
            .Where(status => status.LastSucceededAtUtc is not null)
            .ToDictionary(status => status.Job.Name, status => Instant.FromDateTimeOffset(status.LastSucceededAtUtc!.Value));
    }

    static IJobDetail Detail(RecurringJob job) => JobBuilder.Create<QuartzJob>()
        .WithIdentity(job.Name)
        .WithDescription($"{job.Schedule.InWords}; {job.Retry}")
        .DisallowConcurrentExecution()
        .Build();

    static ITrigger Trigger(RecurringJob job) => TriggerBuilder.Create()
        .WithIdentity(job.Name)
        .ForJob(job.Name)
        .StartNow()
        .WithSimpleSchedule(schedule => schedule
            .WithInterval(job.Schedule.Every.ToTimeSpan())
            .RepeatForever()
            // Of the firings that an outage swallowed, one is made up for at once.
            .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount))
        .Build();
}
