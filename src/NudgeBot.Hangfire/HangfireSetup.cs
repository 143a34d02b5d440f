using Hangfire;
using Hangfire.PostgreSql;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NudgeBot.Jobs;

namespace NudgeBot.Hangfire;

public static class HangfireSetup
{
    public static IServiceCollection AddHangfireEngine(this IServiceCollection services, string connectionString)
    {
        services.AddHangfire(hangfire => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            // It creates its tables itself, in the schema hangfire.
            .UsePostgreSqlStorage(storage => storage.UseNpgsqlConnection(connectionString), new PostgreSqlStorageOptions()));
        services.AddHangfireServer(server =>
        {
            // Few jobs, each at most once at a time.
            server.WorkerCount = 4;
            // Its default of 15 seconds is half of the shortest interval that the list may hold.
            server.SchedulePollingInterval = TimeSpan.FromSeconds(5);
            server.Queues = ["default"];
        });
        services.AddSingleton<HangfireEngine>();
        services.AddSingleton<IJobEngine>(provider => provider.GetRequiredService<HangfireEngine>());
        // The dashboard checks its buttons' tokens where this is there: the browser sends the password along whoever wrote the form.
        services.AddAntiforgery();
        return services;
    }

    public static void MapJobDashboard(this WebApplication app) => app.MapHangfireDashboard("/jobs", new DashboardOptions
    {
        Authorization = [new DashboardGate(app.Configuration[DashboardGate.Setting])],
        DashboardTitle = "NudgeBot: jobs",
        DisplayStorageConnectionString = false,
    });
}
