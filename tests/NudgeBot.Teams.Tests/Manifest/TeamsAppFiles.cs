using System.Text.Json.Nodes;
using NudgeBot.Tests;

namespace NudgeBot.Teams.Tests.Manifest;

/// <summary>The files of <c>manifests/teams</c>, as they are in the repository.</summary>
static class TeamsAppFiles
{
    public static string Folder => Shipped.Content.TeamsApp;

    public static JsonObject Manifest => Json("manifest.json");

    public static JsonObject German => Json("de.json");

    public static IReadOnlyList<JsonNode> CommandLists => [.. Manifest["bots"]![0]!["commandLists"]!.AsArray().Select(list => list!)];

    /// <summary>What the menu puts before a person in such a conversation.</summary>
    public static IReadOnlyList<(string Title, string Description)> CommandsIn(string scope) =>
    [
        .. CommandLists.Single(list => Scopes(list).Contains(scope))["commands"]!.AsArray()
            .Select(command => ((string)command!["title"]!, (string)command["description"]!)),
    ];

    public static IEnumerable<string> Scopes(JsonNode within) => within["scopes"]!.AsArray().Select(scope => (string)scope!);

    static JsonObject Json(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file)))!.AsObject();
}
