using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NudgeBot.Slack.Inbound;

/// <summary>Whether Slack delivers over Socket Mode. Never unhealthy: what is to be sent goes another way, and connecting goes on.</summary>
sealed class SocketModeCheck(SocketMode socketMode) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        socketMode.DeafSince is { } since
            ? HealthCheckResult.Degraded($"Not connected since {since}: what people do in Slack does not arrive. It is tried again; the log says why.")
            : HealthCheckResult.Healthy("Connected."));
}
