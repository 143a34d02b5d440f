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

    /// <summary>Of which any number is chosen.</summary>
    /// <param name="none">What it means to choose none.</param>
    public static JsonObject Several(string id, string label, IReadOnlyList<Option> options, IReadOnlyCollection<string> chosen, string none)
    {
        var input = Of(id, label, options);
        input["isMultiSelect"] = true;
        input["placeholder"] = CardTitle.Of(none);
        // Cards write several with commas between, and without blanks.
        if (options.Where(option => chosen.Contains(option.Value)).Select(option => option.Value).ToList() is { Count: > 0 } values) input["value"] = string.Join(',', values);
        return input;
    }

    static JsonNode Choice(Option option) => new JsonObject
    {
        ["title"] = CardTitle.Of(option.Label),
        ["value"] = TeamsLimits.Within(option.Value, Option.Longest, "An option's value"),
    };
}
