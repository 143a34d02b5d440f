using System.Text.Json;

namespace NudgeBot.Slack.WebApi;

/// <summary>Where the next page begins, as Slack's answers say it.</summary>
static class NextCursor
{
    /// <returns>Empty after the last page.</returns>
    public static string Of(JsonElement body) =>
        body.TryGetProperty("response_metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
        && metadata.TryGetProperty("next_cursor", out var cursor) && cursor.ValueKind == JsonValueKind.String
            ? cursor.GetString()!
            : "";
}
