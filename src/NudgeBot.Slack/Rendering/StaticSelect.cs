using System.Text.Json.Nodes;
using NudgeBot.Chat;

namespace NudgeBot.Slack.Rendering;

/// <summary>A select; more options than Slack takes in one list stand in groups.</summary>
static class StaticSelect
{
    const int MostGroups = 100;

    /// <returns>Null where there is nothing to choose from.</returns>
    public static JsonObject? Of(string actionId, IEnumerable<Option> offered, string? placeholder, string? initial = null)
    {
        // Two options of one value could not be told apart, and an empty one means nothing.
        var options = offered.Where(option => option.Value.Length > 0).DistinctBy(option => option.Value).Take(MostGroups * SlackLimits.Options).ToList();
        if (options.Count == 0) return null;

        var select = new JsonObject { ["type"] = "static_select", ["action_id"] = actionId };
        if (placeholder is not null) select["placeholder"] = SlackText.Plain(placeholder, SlackLimits.Placeholder);
        if (options.Count <= SlackLimits.Options) select["options"] = Json(options);
        else select["option_groups"] = new JsonArray([.. options.Chunk(SlackLimits.Options).Select(Group)]);
        if (options.Find(option => option.Value == initial) is { } chosen) select["initial_option"] = Json(chosen);
        return select;
    }

    static JsonNode Group(Option[] options) => new JsonObject
    {
        ["label"] = SlackText.Plain($"{SlackText.Cut(options[0].Label, 30)} – {SlackText.Cut(options[^1].Label, 30)}", SlackLimits.OptionText),
        ["options"] = Json(options),
    };

    /// <summary>What a list that asks while somebody types is answered.</summary>
    public static JsonArray Options(IEnumerable<Option> options) => Json(options.Take(SlackLimits.Options));

    static JsonArray Json(IEnumerable<Option> options) => new([.. options.Select(Json)]);

    static JsonNode Json(Option option) => new JsonObject
    {
        ["text"] = SlackText.Plain(option.Label, SlackLimits.OptionText),
        ["value"] = Limits.Within(option.Value, SlackLimits.OptionValue, "An option's value"),
    };
}
