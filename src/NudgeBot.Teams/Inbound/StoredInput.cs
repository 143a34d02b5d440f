using System.Text.Json;

namespace NudgeBot.Teams.Inbound;

/// <summary>An input as the inbox keeps it until it is handled.</summary>
static class StoredInput
{
    public static string Write(TeamsInput input) => JsonSerializer.Serialize(input);

    /// <exception cref="JsonException">Stored by another version of the program.</exception>
    public static TeamsInput Read(string payload) => JsonSerializer.Deserialize<TeamsInput>(payload) ?? throw new JsonException("Nothing is stored.");
}
