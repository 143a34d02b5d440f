using Npgsql;
using NudgeBot.Jobs;
using Quartz;

namespace NudgeBot.Web.Jobs;

static class QuartzSetup
{
    public static IServiceCollection AddQuartzEngine(this IServiceCollection services)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "nudgebot";
                // Not InstanceId = "AUTO": that is a name like any other here, and two nodes of one name steal each other's work.
                scheduler.GenerateInstanceId = true;
                // A clean stop rolls back a long enrollment instead of waiting for it; the next run does it.
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            // Few jobs, each at most once at a time.
            quartz.UseDefaultThreadPool(maxConcurrency: 4);
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(source => source.DataSourceFactory = provider => provider.GetRequiredService<NpgsqlDataSource>());
                store.ConfigureStore(options => options.TablePrefix = QuartzTables.Prefix);
                store.ProvisionSchema();
                store.UseClustering();
                // For the time of each job's last success, which must be the cluster's and not this replica's.
                store.UseExecutionHistory();
            });
        });
        services.AddSingleton<QuartzTables>();
        services.AddSingleton<QuartzEngine>();
        services.AddSingleton<IJobEngine>(provider => provider.GetRequiredService<QuartzEngine>());
        services.AddTransient<QuartzJob>();
        return services;
    }
}
