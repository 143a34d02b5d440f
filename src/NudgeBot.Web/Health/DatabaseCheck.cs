using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace NudgeBot.Web.Health;

sealed class DatabaseCheck(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var ask = database.CreateCommand("select 1");
            await ask.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy("It answers.");
        }
        catch (NpgsqlException error)
        {
            return HealthCheckResult.Unhealthy("It does not answer.", error);
        }
    }
}
