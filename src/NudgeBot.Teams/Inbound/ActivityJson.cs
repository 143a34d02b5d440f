using System.Security.Cryptography;
using System.Text.Json;

namespace NudgeBot.Teams.Inbound;

/// <summary>Reads what Teams sent without trusting its shape.</summary>
static class ActivityJson
{
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <returns>Null where it is no JSON object, or one that two readers could read differently.</returns>
    public static JsonElement? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second is what a name that is no valid Unicode comes to.
            return null;
        }
    }

    public static JsonElement? At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return null;
        return element;
    }

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.At(name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];

    /// <returns>Null where there is no text, an empty one, or one that the database could not keep.</returns>
    public static string? Text(this JsonElement element, params ReadOnlySpan<string> path)
    {
        try
        {
            return element.At(path) is { ValueKind: JsonValueKind.String } found && found.GetString() is { Length: > 0 } text && !text.Contains('\0') ? text : null;
        }
        catch (InvalidOperationException)
        {
            // No valid Unicode.
            return null;
        }
    }

    /// <summary>What a second delivery is known by.</summary>
    public static string Hash(params IEnumerable<string?> parts) => Hash(JsonSerializer.SerializeToUtf8Bytes(parts));

    public static string Hash(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));
}
