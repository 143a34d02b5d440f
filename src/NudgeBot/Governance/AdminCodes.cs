using System.Security.Cryptography;
using System.Text;
using Dapper;
using NodaTime;
using Npgsql;

namespace NudgeBot.Governance;

/// <summary>
/// The code with which somebody in chat becomes an administrator: made in the terminal, by who may run the program, for one use within the hour. By the wire
/// clock: it is no matter of the people's time.
/// </summary>
sealed class AdminCodes(NpgsqlConnection connection)
{
    /// <summary>Without letters and digits that are taken for each other.</summary>
    const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    const int Length = 10;
    const int MostWrong = 5;
    static readonly Duration Lives = Duration.FromHours(1);

    /// <summary>The one before is void.</summary>
    public async Task<string> MakeAsync(int organizationId)
    {
        var code = RandomNumberGenerator.GetString(Letters, Length).Insert(Length / 2, "-");
        await connection.ExecuteAsync("""
            insert into admin_codes (organization_id, hash, expires_at) values (@organizationId, @hash, @expires)
            on conflict (organization_id) do update set hash = excluded.hash, expires_at = excluded.expires_at, wrong = 0
            """, new { organizationId, hash = HashOf(code), expires = Now + Lives });
        return code;
    }

    /// <returns>Whether it was the code. It is void then, as it is after five wrong ones.</returns>
    public async Task<bool> UseAsync(int organizationId, string code)
    {
        var made = await connection.QuerySingleOrDefaultAsync<(byte[] Hash, Instant ExpiresAt, int Wrong)?>(
            "select hash, expires_at, wrong from admin_codes where organization_id = @organizationId for update", new { organizationId });
        if (made is not var (hash, expiresAt, wrong) || expiresAt <= Now || wrong >= MostWrong) return false;
        if (CryptographicOperations.FixedTimeEquals(hash, HashOf(code)))
        {
            await connection.ExecuteAsync("delete from admin_codes where organization_id = @organizationId", new { organizationId });
            return true;
        }
        await connection.ExecuteAsync("update admin_codes set wrong = wrong + 1 where organization_id = @organizationId", new { organizationId });
        return false;
    }

    static Instant Now => Instant.FromDateTimeOffset(WireClock.System.GetUtcNow());

    /// <summary>Small letters and a missing hyphen are no mistake.</summary>
    static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code.ToUpperInvariant().Replace("-", "").Trim()));
}
