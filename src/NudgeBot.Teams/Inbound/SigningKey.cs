using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;

namespace NudgeBot.Teams.Inbound;

/// <summary>A public key that signs tokens for the channels which it is endorsed for.</summary>
sealed record SigningKey(string Id, RSAParameters Public, IReadOnlySet<string> Endorsements)
{
    const int ShortestBits = 2048;
    const int LongestBits = 8192;

    /// <returns>Null where it is no RSA key for RS256, too weak, or not well-formed.</returns>
    public static SigningKey? Read(JsonElement key)
    {
        if (key.ValueKind != JsonValueKind.Object || Text(key, "kid") is not { } id || Text(key, "kty") != "RSA") return null;
        if (key.TryGetProperty("use", out _) && Text(key, "use") != "sig" || key.TryGetProperty("alg", out _) && Text(key, "alg") != "RS256") return null;
        if (Text(key, "n") is not { } n || StrictBase64.Decode(n) is not { } modulus || Text(key, "e") is not { } e || StrictBase64.Decode(e) is not { } exponent) return null;
        var bits = Bits(modulus);
        // An even modulus or exponent is no RSA, and with an exponent of 1 every signature fits.
        if (bits is < ShortestBits or > LongestBits || modulus[^1] % 2 == 0 || Bits(exponent) is < 2 or > 32 || exponent[^1] % 2 == 0) return null;
        var endorsements = key.TryGetProperty("endorsements", out var channels) && channels.ValueKind == JsonValueKind.Array
            ? channels.EnumerateArray().Where(channel => channel.ValueKind == JsonValueKind.String).Select(channel => channel.GetString()!).ToHashSet()
            : [];
        return new SigningKey(id, new RSAParameters { Modulus = modulus, Exponent = exponent }, endorsements);
    }

    /// <summary>RS256: RSA with PKCS #1 v1.5 and SHA-256.</summary>
    public bool HasSigned(byte[] signed, byte[] signature)
    {
        using var rsa = RSA.Create(Public);
        return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    static int Bits(ReadOnlySpan<byte> number)
    {
        var significant = number.TrimStart((byte)0);
        return significant.IsEmpty ? 0 : (significant.Length * 8) - BitOperations.LeadingZeroCount((uint)significant[0]) + 24;
    }

    static string? Text(JsonElement fields, string name) => fields.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
