using System.Text.Json;

namespace NudgeBot.Slack.Inbound;

/// <summary>An input as the inbox keeps it until it is handled.</summary>
static class StoredInput
{
    public static string Write(SlackInput input) => JsonSerializer.Serialize(input);

    /// <exception cref="JsonException">Stored by another version of the program.</exception>
    public static SlackInput Read(string payload) => JsonSerializer.Deserialize<SlackInput>(payload) ?? throw new JsonException("Nothing is stored.");
}
