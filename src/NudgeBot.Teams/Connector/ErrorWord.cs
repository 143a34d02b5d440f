using System.Text.Json;
using System.Text.RegularExpressions;

namespace NudgeBot.Teams.Connector;

/// <summary>
/// The word by which Teams refuses: <c>{"error":{"code":"..."}}</c>, and of a blocked chat a <c>subCode</c>, also inside a message that is JSON itself. Graph
/// says "Forbidden" of everything that concerns Teams, and the rest in its message.
/// </summary>
static partial class ErrorWord
{
    /// <returns>Empty where there is none, or where it is not a word: nothing that came from outside is logged or stored as it came.</returns>
    public static string Of(ReadOnlyMemory<byte> body) => Find(() => JsonDocument.Parse(body)) is { } word && Word().IsMatch(word) ? word : "";

    static string? Find(Func<JsonDocument> read)
    {
        try
        {
            using var parsed = read();
            return In(parsed.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // A gateway's page, or letters that are none.
            return null;
        }
    }

    static string? In(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) return null;
        return Text(json, "subCode")
            ?? (Text(json, "message") is { } message ? InMessage(message) : null)
            ?? (json.TryGetProperty("error", out var error) ? In(error) : null)
            ?? Text(json, "error")
            ?? Text(json, "code");
    }

    static string? InMessage(string message) =>
        message.StartsWith('{') ? Find(() => JsonDocument.Parse(message))
        : message.Contains("Missing role permissions", StringComparison.OrdinalIgnoreCase) ? TeamsError.MissingPermission
        : message.Contains("blocked by app permission policy", StringComparison.OrdinalIgnoreCase) ? TeamsError.BlockedByPolicy
        : null;

    static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex("^[A-Za-z0-9_.-]{1,100}$")]
    private static partial Regex Word();
}
