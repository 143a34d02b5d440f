using Npgsql;
using NudgeBot.Nudging;

namespace NudgeBot.Tests.Engine;

/// <summary>Pauses, each as a transaction of its own.</summary>
sealed class PausesInTests(NpgsqlDataSource database, Pauses pauses)
{
    public Task<bool> PauseCampaignAsync(int organizationId, string key) => RunAsync(connection => pauses.PauseCampaignAsync(connection, organizationId, key));

    public Task<bool> ResumeCampaignAsync(int organizationId, string key) => RunAsync(connection => pauses.ResumeCampaignAsync(connection, organizationId, key));

    public Task<bool> EndCampaignAsync(int organizationId, string key) => RunAsync(connection => pauses.EndCampaignAsync(connection, organizationId, key));

    public Task<bool> PauseWorkspaceAsync(int organizationId, int workspaceId) => RunAsync(connection => pauses.PauseWorkspaceAsync(connection, organizationId, workspaceId));

    public Task<bool> ResumeWorkspaceAsync(int organizationId, int workspaceId) => RunAsync(connection => pauses.ResumeWorkspaceAsync(connection, organizationId, workspaceId));

    public Task<bool> PauseAllAsync(int organizationId) => RunAsync(connection => pauses.PauseAllAsync(connection, organizationId));

    public Task<bool> ResumeAllAsync(int organizationId) => RunAsync(connection => pauses.ResumeAllAsync(connection, organizationId));

    async Task<bool> RunAsync(Func<NpgsqlConnection, Task<bool>> change)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var changed = await change(connection);
        await transaction.CommitAsync(cancellation);
        return changed;
    }
}
