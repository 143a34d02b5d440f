using System.Text.Json;
using System.Text.Json.Serialization;

namespace NudgeBot.Slack.Inbound;

/// <summary>An input as the inbox keeps it until it is handled.</summary>
static class StoredInput
{
    /// <summary>Most of a place is not there: what says nothing is not stored.</summary>
    static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    public static string Write(SlackInput input) => JsonSerializer.Serialize(input, Options);

    /// <exception cref="JsonException">Stored by another version of the program.</exception>
    public static SlackInput Read(string payload) => JsonSerializer.Deserialize<SlackInput>(payload, Options) ?? throw new JsonException("Nothing is stored.");
}
