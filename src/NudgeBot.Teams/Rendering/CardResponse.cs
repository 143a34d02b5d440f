using System.Text.Json.Nodes;

namespace NudgeBot.Teams.Rendering;

/// <summary>
/// The bodies that answer an <c>adaptiveCard/action</c>: learn.microsoft.com, Universal Action Model, response format. The HTTP status is 200 for all; the one
/// in the body says what became of the press.
/// </summary>
static class CardResponse
{
    /// <summary>From now on this stands where the button stood.</summary>
    public static JsonObject Card(JsonObject card) => Of(200, "application/vnd.microsoft.card.adaptive", card.DeepClone());

    /// <summary>The card stays; whoever pressed reads this.</summary>
    public static JsonObject Words(string words) => Of(200, "application/vnd.microsoft.activity.message", words);

    /// <summary>The card stays, and Teams says that it did not work.</summary>
    /// <param name="status">400 for what is no press of ours, 500 for what went wrong with one that is.</param>
    public static JsonObject Error(int status, string code, string message) =>
        Of(status, "application/vnd.microsoft.error", new JsonObject { ["code"] = code, ["message"] = message });

    static JsonObject Of(int status, string type, JsonNode? value) => new() { ["statusCode"] = status, ["type"] = type, ["value"] = value };
}
