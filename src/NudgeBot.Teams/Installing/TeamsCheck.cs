using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Teams.Graph;

namespace NudgeBot.Teams.Installing;

/// <summary>What is known of the tenant, without asking Teams. Never unhealthy: another replica would be no better off, and activities must keep coming in.</summary>
sealed class TeamsCheck(TeamsApp teams) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (teams.Tokens.Refusal is { } refusal) return HealthCheckResult.Degraded($"Microsoft's login refuses the bot: {refusal}.");
        try
        {
            if (await teams.Tenants.FindAsync(teams.Settings.TenantId, cancellationToken) is not { } workspace) return HealthCheckResult.Degraded("Not connected yet.");
            if (await MissingAsync(workspace, cancellationToken) is { Count: > 0 } missing)
                return HealthCheckResult.Degraded($"Microsoft Graph refuses the bot: its registration lacks {string.Join(" and ", missing)}, or an admin's consent to it.");
            return await teams.Tenants.ServiceUrlAsync(workspace, cancellationToken) is null
                ? HealthCheckResult.Degraded("Nothing has come from Teams yet. Has anybody the app, and does the bot's messaging endpoint lead here?")
                : HealthCheckResult.Healthy("Connected.");
        }
        catch (NpgsqlException error)
        {
            return HealthCheckResult.Degraded("The database does not tell.", error);
        }
    }

    async Task<IReadOnlyList<string>> MissingAsync(Workspace workspace, CancellationToken cancellation) => teams.Settings.UsesGraph
        ? [.. (await teams.Tenants.MissingPermissionsAsync(workspace, cancellation)).Where(permission => permission != GraphPermission.Mailboxes)]
        : [];
}
