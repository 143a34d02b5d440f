using Hangfire;
using Hangfire.Common;
using Hangfire.Storage;
using NodaTime;
using NodaTime.Text;
using NudgeBot.Jobs;

namespace NudgeBot.Hangfire;

/// <summary>Hangfire as the engine: the list becomes its recurring jobs; its server, which the host starts and stops, runs them on one replica each.</summary>
public sealed class HangfireEngine(IRecurringJobManager manager, JobStorage storage) : IJobEngine
{
    /// <summary>A hash of Hangfire's storage: of a recurring job it remembers only the last run, which may have failed.</summary>
    const string LastSuccesses = "nudgebot:last-successes";

    public Task StartAsync(IReadOnlyList<RecurringJob> jobs, CancellationToken cancellation)
    {
        using (var connection = storage.GetConnection())
        {
            foreach (var stored in connection.GetRecurringJobs().Where(stored => jobs.All(job => job.Name != stored.Id)))
                manager.RemoveIfExists(stored.Id);
        }
        foreach (var job in jobs)
        {
            var name = job.Name;
            manager.AddOrUpdate(
                name,
                Job.FromExpression<HangfireJob>(run => run.RunAsync(name, CancellationToken.None)),
                job.Schedule.Cron,
                // Relaxed: of the runs that an outage swallowed, one is made up for.
                new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc, MisfireHandling = MisfireHandlingMode.Relaxed });
            // A replica that starts, perhaps after an outage, does not wait for what is due.
            manager.Trigger(name);
        }
        return Task.CompletedTask;
    }

    /// <summary>The host stops Hangfire's server, which lets running jobs end.</summary>
    public Task StopAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task<IReadOnlyDictionary<string, Instant>> LastSuccessesAsync(CancellationToken cancellation)
    {
        using var connection = storage.GetConnection();
        var stored = connection.GetAllEntriesFromHash(LastSuccesses) ?? [];
        return Task.FromResult<IReadOnlyDictionary<string, Instant>>(
            stored.ToDictionary(job => job.Key, job => InstantPattern.ExtendedIso.Parse(job.Value).Value));
    }

    internal void Remember(string job)
    {
        using var connection = storage.GetConnection();
        var now = InstantPattern.ExtendedIso.Format(Instant.FromDateTimeOffset(WireClock.System.GetUtcNow()));
        connection.SetRangeInHash(LastSuccesses, [new KeyValuePair<string, string>(job, now)]);
    }
}
