using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NudgeBot.Web.Health;

/// <summary>
/// <c>/health/live</c>: the process answers; restart it when it does not. <c>/health/ready</c>: it can do its work; send it no requests when
/// not (503). Neither tells secrets, so neither asks who wants to know.
/// </summary>
static class HealthEndpoints
{
    /// <summary>Shorter than what those who ask wait, so that they hear what is wrong and not nothing.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void AddReadiness(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<DatabaseCheck>("database", timeout: Patience)
        .AddCheck<MigrationsCheck>("migrations", timeout: Patience)
        .AddCheck<JobsCheck>("jobs", timeout: Patience);

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    static Task WriteAsync(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(new
    {
        status = Word(report.Status),
        checks = report.Entries.ToDictionary(
            check => check.Key, check => new { status = Word(check.Value.Status), detail = check.Value.Description, data = check.Value.Data }),
    });

    /// <summary>"degraded" needs somebody's eye and is no reason to send requests elsewhere: 200.</summary>
    static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "ok",
        HealthStatus.Degraded => "degraded",
        HealthStatus.Unhealthy => "failing",
    };
}
