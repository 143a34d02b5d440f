using Dapper;
using Npgsql;

namespace NudgeBot.Nudging;

/// <summary>
/// Pausing and resuming, of one campaign or of everything, and ending a campaign. What a pause held becomes due again in the same
/// transaction that ends it; the dispatcher then finds the next moment inside the window.
/// </summary>
public sealed class Pauses(NpgsqlDataSource database, ProductClock clock)
{
    /// <returns>Whether something changed; so do all of these.</returns>
    public Task<bool> PauseCampaignAsync(int organizationId, string key) => ChangeAsync(
        "update campaigns set paused = true where organization_id = @organizationId and key = @key and not paused", organizationId, key);

    public Task<bool> ResumeCampaignAsync(int organizationId, string key) => ChangeAsync(
        "update campaigns set paused = false where organization_id = @organizationId and key = @key and paused", organizationId, key);

    public Task<bool> EndCampaignAsync(int organizationId, string key) => ChangeAsync(
        """
        update campaigns set state = 'ended', started_at = coalesce(started_at, @now)
        where organization_id = @organizationId and key = @key and state <> 'ended'
        """, organizationId, key);

    public Task<bool> PauseAllAsync(int organizationId) => ChangeAsync(
        "update organizations set paused = true where id = @organizationId and not paused", organizationId);

    public Task<bool> ResumeAllAsync(int organizationId) => ChangeAsync(
        "update organizations set paused = false where id = @organizationId and paused", organizationId);

    async Task<bool> ChangeAsync(string change, int organizationId, string? key = null)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var values = new { organizationId, key, now = clock.Now };
        if (await connection.ExecuteAsync(change, values, transaction) == 0) return false;
        // Whatever was held is looked at again: what is still paused is held again, what has ended is settled.
        await connection.ExecuteAsync("""
            update nudges set due_at = @now
            where organization_id = @organizationId and outcome = 'pending' and reason = 'paused' and leased_until is null and due_at > @now
            """, values, transaction);
        await connection.ExecuteAsync("""
            update team_posts set due_at = @now
            where organization_id = @organizationId and outcome = 'pending' and reason = 'paused' and leased_until is null and due_at > @now
            """, values, transaction);
        await transaction.CommitAsync();
        return true;
    }
}
