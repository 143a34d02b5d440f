using Quartz;

namespace NudgeBot.Web.Jobs;

/// <summary>Every recurring job is this one to Quartz; the key says which. A job of a newer replica's list fails here and succeeds there.</summary>
sealed class QuartzJob(QuartzEngine engine, NudgingProduct product) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var name = context.JobDetail.Key.Name;
        var job = engine.Jobs.FirstOrDefault(job => job.Name == name)
            ?? throw new JobExecutionException($"This replica's program knows no job '{name}'.");
        await job.Work(product, cancellationToken);
    }
}
