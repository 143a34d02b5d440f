using System.Text;
using System.Text.Json;
using NodaTime;

namespace NudgeBot.Teams.Inbound;

/// <summary>A token as it says of itself to be: well-formed, and nothing of it proven.</summary>
/// <param name="Audience">The one it is for.</param>
/// <param name="Signed">The bytes that the signature is of.</param>
sealed record JsonWebToken(
    string Algorithm, string KeyId, string Issuer, string Audience, string ServiceUrl, Instant NotBefore, Instant Expires, byte[] Signed, byte[] Signature)
{
    /// <summary>Those of the Bot Framework have about 1,000 characters.</summary>
    public const int Longest = 8 * 1024;

    static readonly JsonDocumentOptions Strictly = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    /// <returns>Null where it has not exactly the form of the Bot Framework's tokens; a field of another type counts as that too.</returns>
    public static JsonWebToken? Parse(string text)
    {
        if (text.Length > Longest) return null;
        var parts = text.Split('.');
        if (parts.Length != 3) return null;
        if (StrictBase64.Decode(parts[0]) is not { } header || StrictBase64.Decode(parts[1]) is not { } claims || StrictBase64.Decode(parts[2]) is not { } signature) return null;
        try
        {
            using var head = JsonDocument.Parse(header, Strictly);
            using var body = JsonDocument.Parse(claims, Strictly);
            return Read(head.RootElement, body.RootElement, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second is what a string that is no valid Unicode comes to.
            return null;
        }
    }

    static JsonWebToken? Read(JsonElement header, JsonElement claims, byte[] signed, byte[] signature)
    {
        if (header.ValueKind != JsonValueKind.Object || claims.ValueKind != JsonValueKind.Object) return null;
        // Whoever adds "crit" demands that what it names is understood; nothing is, here.
        if (header.TryGetProperty("crit", out _)) return null;
        if (header.TryGetProperty("typ", out _) && !string.Equals(Text(header, "typ"), "JWT", StringComparison.OrdinalIgnoreCase)) return null;
        return Text(header, "alg") is { } algorithm && Text(header, "kid") is { } key
            && Text(claims, "iss") is { } issuer && OnlyAudience(claims) is { } audience && Text(claims, "serviceurl") is { } serviceUrl
            && Time(claims, "nbf") is { } notBefore && Time(claims, "exp") is { } expires
                ? new JsonWebToken(algorithm, key, issuer, audience, serviceUrl, notBefore, expires, signed, signature)
                : null;
    }

    static string? Text(JsonElement fields, string name) =>
        fields.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    static string? OnlyAudience(JsonElement claims)
    {
        if (!claims.TryGetProperty("aud", out var audience) || audience.ValueKind != JsonValueKind.Array) return Text(claims, "aud");
        return audience.GetArrayLength() == 1 && audience[0].ValueKind == JsonValueKind.String ? audience[0].GetString() : null;
    }

    /// <summary>Whole seconds since 1970.</summary>
    static Instant? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds)
        && seconds >= 0 && seconds <= Instant.MaxValue.ToUnixTimeSeconds() - (24 * 60 * 60)
            ? Instant.FromUnixTimeSeconds(seconds)
            : null;
}
