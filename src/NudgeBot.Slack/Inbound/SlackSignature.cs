using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace NudgeBot.Slack.Inbound;

/// <summary>Whether a request is Slack's: <c>v0=</c> and the HMAC-SHA256 of <c>v0:{timestamp}:{raw body}</c> under the app's signing secret.</summary>
static class SlackSignature
{
    public const string Header = "X-Slack-Signature";
    public const string TimestampHeader = "X-Slack-Request-Timestamp";

    /// <summary>Either way, as Slack asks for: an older one may be a replay, a younger one is none of Slack's.</summary>
    static readonly Duration Tolerance = Duration.FromMinutes(5);

    /// <param name="timestamp">Seconds since 1970, as in the header.</param>
    /// <param name="now">By the wire clock.</param>
    public static bool IsFresh(string? timestamp, Instant now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= Instant.MaxValue.ToUnixTimeSeconds()
        && (now - Instant.FromUnixTimeSeconds(seconds)) is var age && age <= Tolerance && -age <= Tolerance;

    /// <param name="secrets">All are tried, whichever fits: how long it takes tells nothing.</param>
    public static bool IsSigned(IEnumerable<string> secrets, string? timestamp, string? signature, ReadOnlySpan<byte> body)
    {
        if (timestamp is null || signature is null) return false;
        var given = Encoding.UTF8.GetBytes(signature);
        var fits = false;
        foreach (var secret in secrets) fits |= CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(secret, timestamp, body)), given);
        return fits;
    }

    public static string Of(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes($"v0:{timestamp}:"));
        hash.AppendData(body);
        return $"v0={Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
