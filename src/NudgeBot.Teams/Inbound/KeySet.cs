using System.Text.Json;

namespace NudgeBot.Teams.Inbound;

/// <summary>The keys of one reading.</summary>
/// <param name="Skipped">How many of the published ones are of no use here.</param>
sealed record KeySet(IReadOnlyDictionary<string, SigningKey> Keys, int Skipped)
{
    /// <exception cref="UnusableKeysException">There is not one key in it that could be used.</exception>
    public static KeySet Read(JsonElement document)
    {
        if (document.ValueKind != JsonValueKind.Object || !document.TryGetProperty("keys", out var published) || published.ValueKind != JsonValueKind.Array)
            throw new UnusableKeysException("there is no list of keys at its jwks_uri");
        Dictionary<string, SigningKey> keys = [];
        HashSet<string> twice = [];
        foreach (var key in published.EnumerateArray().Select(Usable).OfType<SigningKey>())
            if (!keys.TryAdd(key.Id, key)) twice.Add(key.Id);
        // Which of two keys an id means cannot be known: neither is used.
        foreach (var id in twice) keys.Remove(id);
        return keys.Count > 0 ? new KeySet(keys, published.GetArrayLength() - keys.Count) : throw new UnusableKeysException("there is no usable key at its jwks_uri");
    }

    static SigningKey? Usable(JsonElement key)
    {
        try
        {
            return SigningKey.Read(key);
        }
        catch (InvalidOperationException)
        {
            // A string in it is no valid Unicode.
            return null;
        }
    }
}
