using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NodaTime;

namespace NudgeBot.FakeTeams.Identity;

/// <summary>What an app signs with its certificate in place of a secret.</summary>
static class ClientAssertion
{
    /// <param name="audience">How the address of the token endpoint ends.</param>
    public static bool IsGood(string assertion, X509Certificate2 certificate, string appId, string audience, Instant now)
    {
        var parts = assertion.Split('.');
        if (parts.Length != 3) return false;
        var header = Json.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])));
        var claims = Json.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])));
        var padding = header.Text("alg") switch { "RS256" => RSASignaturePadding.Pkcs1, "PS256" => RSASignaturePadding.Pss, _ => null };
        using var key = certificate.GetRSAPublicKey();
        return padding is not null && key is not null
            && key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, padding)
            && claims.Text("iss") == appId && claims.Text("sub") == appId && claims.Text("aud")?.EndsWith(audience, StringComparison.Ordinal) == true
            // Microsoft's client writes the number as a string.
            && long.TryParse(claims?["exp"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var ends) && ends > now.ToUnixTimeSeconds();
    }
}
