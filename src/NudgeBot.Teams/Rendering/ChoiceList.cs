using System.Text.Json.Nodes;
using NudgeBot.Chat;

namespace NudgeBot.Teams.Rendering;

static class ChoiceList
{
    public static JsonObject Of(string id, string label, IReadOnlyList<Option> options, string? chosen = null)
    {
        var input = new JsonObject
        {
            ["type"] = "Input.ChoiceSet",
            ["id"] = id,
            ["label"] = CardTitle.Of(label),
            ["style"] = "compact",
            ["choices"] = new JsonArray([.. options.Select(Choice)]),
        };
        if (options.Any(option => option.Value == chosen)) input["value"] = chosen;
        return input;
    }

    static JsonNode Choice(Option option) => new JsonObject
    {
        ["title"] = CardTitle.Of(option.Label),
        ["value"] = TeamsLimits.Within(option.Value, Option.Longest, "An option's value"),
    };
}
