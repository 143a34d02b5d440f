using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace NudgeBot.Slack.Installing;

/// <summary>
/// What is known of the workspaces, without asking Slack. Never unhealthy: another replica would be no better off, and requests must keep coming in.
/// </summary>
public sealed class SlackCheck(SlackApp slack) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var all = await slack.Installations.ListAsync(cancellationToken);
            var troubles = all.Select(Trouble).OfType<string>().ToList();
            if (troubles.Count > 0) return HealthCheckResult.Degraded(string.Join(' ', troubles));
            return all.Count > 0
                ? HealthCheckResult.Healthy($"Installed in {all.Count} {(all.Count == 1 ? "workspace" : "workspaces")}.")
                : HealthCheckResult.Degraded("Not installed in any workspace yet.");
        }
        catch (NpgsqlException error)
        {
            return HealthCheckResult.Degraded("The database does not tell.", error);
        }
    }

    static string? Trouble(InstalledWorkspace one)
    {
        var name = $"Workspace {one.Id}";
        if (one.RevokedAt is { } revoked) return $"{name}: the app is not there any more, since {revoked}. Install it again, if it shall be.";
        if (one.EndsAt is { } end) return $"{name}: Slack renews the token no more, it ends at {end}. Install the app again.";
        return SlackScopes.MissingFrom(one.Scopes) is { Count: > 0 } missing ? $"{name}: the app lacks {string.Join(", ", missing)}." : null;
    }
}
