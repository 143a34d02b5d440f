using System.Text.Json.Nodes;

namespace NudgeBot.FakeTeams;

/// <param name="Body">Null: none.</param>
sealed record Answer(int Status, JsonNode? Body)
{
    public int? RetryAfterSeconds { get; init; }

    public static Answer Error(int status, string code, string message) =>
        new(status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });
}
