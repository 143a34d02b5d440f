using Microsoft.Extensions.Diagnostics.HealthChecks;
using NodaTime;
using Npgsql;
using NudgeBot.Jobs;
using NudgeBot.Web.Jobs;

namespace NudgeBot.Web.Health;

/// <summary>Each job must have succeeded lately: those that every replica runs on this one, the others on any. Those that never ran count from the start.</summary>
sealed class JobsCheck(IJobEngine engine, ReplicaLoop replica) : IHealthCheck
{
    /// <summary>A tick that has a whole company to welcome takes minutes, and that is health.</summary>
    static readonly Duration Patience = Duration.FromMinutes(15);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var lastSuccesses = (await engine.LastSuccessesAsync(cancellationToken)).Concat(replica.LastSuccesses).ToDictionary();
            var late = RecurringJobs.All.Where(job => IsLate(job, lastSuccesses)).Select(job => job.Name).ToList();
            var data = lastSuccesses.ToDictionary(job => job.Key, job => (object)job.Value.ToString());
            return late.Count == 0
                ? HealthCheckResult.Healthy("All ran lately; the data is when each last succeeded.", data)
                : HealthCheckResult.Unhealthy($"Without success for too long: {string.Join(", ", late)}.", data: data);
        }
        catch (NpgsqlException error)
        {
            return HealthCheckResult.Unhealthy("The database does not tell.", error);
        }
    }

    bool IsLate(RecurringJob job, Dictionary<string, Instant> lastSuccesses)
    {
        // A success before the start says nothing about this program, but it is no reason to be late at once either.
        var since = lastSuccesses.TryGetValue(job.Name, out var last) ? Instant.Max(last, replica.StartedAt) : replica.StartedAt;
        var now = Instant.FromDateTimeOffset(WireClock.System.GetUtcNow());
        return now - since > Duration.Max(Patience, 3 * job.Schedule.Every);
    }
}
