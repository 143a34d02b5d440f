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
        var options = Distinct(offered);
        var select = Of("static_select", actionId, options, placeholder);
        if (select is not null && options.Find(option => option.Value == initial) is { } chosen) select["initial_option"] = Json(chosen);
        return select;
    }

    /// <summary>Of which any number is chosen.</summary>
    /// <inheritdoc cref="Of(string, IEnumerable{Option}, string, string)" path="/returns"/>
    public static JsonObject? Several(string actionId, IEnumerable<Option> offered, string? placeholder, IReadOnlyList<string> initial)
    {
        var options = Distinct(offered);
        var select = Of("multi_static_select", actionId, options, placeholder);
        // An empty list of them is refused.
        if (select is not null && options.FindAll(option => initial.Contains(option.Value)) is { Count: > 0 } chosen) select["initial_options"] = Json(chosen);
        return select;
    }

    /// <summary>Two options of one value could not be told apart, and an empty one means nothing.</summary>
    static List<Option> Distinct(IEnumerable<Option> offered) =>
        [.. offered.Where(option => option.Value.Length > 0).DistinctBy(option => option.Value).Take(MostGroups * SlackLimits.Options)];

    static JsonObject? Of(string type, string actionId, List<Option> options, string? placeholder)
    {
        if (options.Count == 0) return null;
        var select = new JsonObject { ["type"] = type, ["action_id"] = actionId };
        if (placeholder is not null) select["placeholder"] = SlackText.Plain(placeholder, SlackLimits.Placeholder);
        if (options.Count <= SlackLimits.Options) select["options"] = Json(options);
        else select["option_groups"] = new JsonArray([.. options.Chunk(SlackLimits.Options).Select(Group)]);
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
