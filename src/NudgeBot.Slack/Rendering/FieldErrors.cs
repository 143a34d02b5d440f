using System.Text.Json.Nodes;

namespace NudgeBot.Slack.Rendering;

/// <summary>The answer to a modal that stays open. A field's id is its block's.</summary>
static class FieldErrors
{
    public static JsonObject Of(IReadOnlyDictionary<string, string> byField) => new()
    {
        ["response_action"] = "errors",
        ["errors"] = new JsonObject(byField.Select(error => KeyValuePair.Create(error.Key, (JsonNode?)SlackText.Cut(error.Value, SlackLimits.Label)))),
    };
}
