#if HANGFIRE
using NudgeBot.Hangfire;
#endif

namespace NudgeBot.Web.Jobs;

/// <summary>The engine is chosen when the program is built: <c>-p:JobEngine=hangfire</c>, else Quartz.</summary>
static class JobSetup
{
    /// <param name="connectionString">With its password, which a data source no longer tells.</param>
    public static IServiceCollection AddJobs(this IServiceCollection services, string connectionString)
    {
#if HANGFIRE
        services.AddHangfireEngine(connectionString);
#else
        services.AddQuartzEngine();
#endif
        services.AddSingleton<ReplicaLoop>();
        services.AddHostedService<JobService>();
        return services;
    }

    public static void MapJobs(this WebApplication app)
    {
#if HANGFIRE
        app.MapJobDashboard();
#endif
    }
}
