using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using NudgeBot.Database;

namespace NudgeBot.Web.Health;

/// <summary>They are applied before the program listens; lacking ones mean that the database was replaced by an older one meanwhile.</summary>
sealed class MigrationsCheck(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var missing = await Migrations.MissingAsync(database, cancellationToken);
            return missing == 0
                ? HealthCheckResult.Healthy("All are applied.")
                : HealthCheckResult.Unhealthy($"The database lacks {missing}. Start the program again: it applies them.");
        }
        catch (NpgsqlException error)
        {
            return HealthCheckResult.Unhealthy("The database does not tell.", error);
        }
    }
}
