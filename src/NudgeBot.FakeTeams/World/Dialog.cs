using System.Text.Json.Nodes;

namespace NudgeBot.FakeTeams.World;

/// <summary>What is open in front of a person.</summary>
/// <param name="Message">Whose button opened it.</param>
public sealed record Dialog(string Title, JsonObject Card, Message Message);
