using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.WebUtilities;
using NodaTime;
using Npgsql;

namespace NudgeBot.Slack.Installing;

/// <summary>
/// Installations that were begun: what Slack hands back proves that it was begun here, and the cookie that it was begun in the same browser. Both are
/// random and stored as hashes. Good for ten minutes, once.
/// </summary>
sealed class InstallStates(NpgsqlDataSource database, TimeProvider wire)
{
    public static readonly Duration Lasting = Duration.FromMinutes(10);

    Instant Now => Instant.FromDateTimeOffset(wire.GetUtcNow());

    public async Task<(string State, string Browser)> BeginAsync(int organizationId, CancellationToken cancellation)
    {
        var (state, browser) = (Random(), Random());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync("delete from slack_install_states where expires_at <= @now -- whatever the organization", new { now = Now });
        await connection.ExecuteAsync("""
            insert into slack_install_states (state, organization_id, browser, expires_at) values (@state, @organizationId, @browser, @until)
            """, new { state = Hash(state), organizationId, browser = Hash(browser), until = Now + Lasting });
        return (state, browser);
    }

    /// <returns>The organization; null where it was not begun here, in this browser, within the last ten minutes, or was used already.</returns>
    public async Task<int?> UseAsync(string state, string browser, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        // Gone whatever comes now. Found by its hash, so how long that takes tells nothing of the state.
        var begun = await connection.QuerySingleOrDefaultAsync<Begun>(
            "delete from slack_install_states where state = @state returning organization_id, browser, expires_at", new { state = Hash(state) });
        return begun is not null && CryptographicOperations.FixedTimeEquals(begun.Browser, Hash(browser)) && Now < begun.ExpiresAt ? begun.OrganizationId : null;
    }

    static string Random() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    sealed record Begun
    {
        public int OrganizationId { get; init; }
        public byte[] Browser { get; init; } = [];
        public Instant ExpiresAt { get; init; }
    }
}
