using System.Text.Json.Nodes;

namespace NudgeBot.FakeSlack.BlockKit;

/// <summary>How each kind of element keeps what was chosen or typed.</summary>
static class ElementKinds
{
    public static bool HoldsValue(string? type) => type is not null && !type.EndsWith("button") && type is not ("overflow" or "feedback_buttons");

    public static JsonObject Initial(JsonObject element)
    {
        var type = (string)element["type"]!;
        var (field, initial) = Fields(type);
        return new JsonObject { ["type"] = type, [field] = element[initial]?.DeepClone() ?? (field is "selected_options" or "selected_users" ? new JsonArray() : null) };
    }

    /// <param name="values">Option values, ids, a date (2026-03-09), a time (10:00) or a text; several where the kind takes several.</param>
    public static JsonObject Filled(JsonObject element, IReadOnlyList<string> values)
    {
        var type = (string)element["type"]!;
        var (field, _) = Fields(type);
        // An empty field is a null at Slack.
        values = [.. values.Where(one => one.Length > 0)];
        JsonNode? value = field switch
        {
            "selected_options" => new JsonArray([.. values.Select(one => Option(element, one))]),
            "selected_users" or "selected_channels" or "selected_conversations" => new JsonArray([.. values.Select(one => (JsonNode)one)]),
            _ when values.Count > 1 => throw new InvalidOperationException($"A {type} takes one value."),
            _ when values.Count == 0 => null,
            "selected_option" => Option(element, values[0]),
            _ => values[0],
        };
        return new JsonObject { ["type"] = type, [field] = value };
    }

    public static bool IsEmpty(JsonObject filled) =>
        filled.Where(field => field.Key != "type").All(field => field.Value is null or JsonArray { Count: 0 } || field.Value is JsonValue value && value.ToString().Length == 0);

    static (string Field, string Initial) Fields(string type) => type switch
    {
        "static_select" or "external_select" or "radio_buttons" or "overflow" => ("selected_option", "initial_option"),
        "multi_static_select" or "multi_external_select" or "checkboxes" => ("selected_options", "initial_options"),
        "users_select" => ("selected_user", "initial_user"),
        "multi_users_select" => ("selected_users", "initial_users"),
        "channels_select" => ("selected_channel", "initial_channel"),
        "conversations_select" => ("selected_conversation", "initial_conversation"),
        "multi_channels_select" => ("selected_channels", "initial_channels"),
        "multi_conversations_select" => ("selected_conversations", "initial_conversations"),
        "datepicker" => ("selected_date", "initial_date"),
        "timepicker" => ("selected_time", "initial_time"),
        _ => ("value", "initial_value"),
    };

    /// <summary>The options of an external select are the app's own: whatever value is chosen was offered by it.</summary>
    static JsonNode Option(JsonObject element, string value)
    {
        var groups = (element["option_groups"] as JsonArray ?? []).SelectMany(group => group?["options"] as JsonArray ?? []);
        var option = (element["options"] as JsonArray ?? []).Concat(groups).FirstOrDefault(option => (string?)option?["value"] == value);
        if (option is not null) return option.DeepClone();
        return ((string)element["type"]!).Contains("external")
            ? new JsonObject { ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = value, ["emoji"] = true }, ["value"] = value }
            : throw new InvalidOperationException($"There is no option \"{value}\" in {element["action_id"]}.");
    }
}
