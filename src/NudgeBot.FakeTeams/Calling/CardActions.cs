using System.Text.Json.Nodes;

namespace NudgeBot.FakeTeams.Calling;

/// <summary>What a person can press and fill in on a card.</summary>
static class CardActions
{
    /// <param name="name">The action's id, its verb, or what stands on it.</param>
    public static JsonObject Find(JsonObject card, string name) =>
        Everything(card).FirstOrDefault(part => part.Text("type")?.StartsWith("Action.") == true && (part.Text("id") == name || part.Text("verb") == name || part.Text("title") == name))
        ?? throw new InvalidOperationException($"There is no \"{name}\" to press on this card.");

    /// <summary>The action's own data, and what is filled in. A client sends no empty field.</summary>
    /// <exception cref="InvalidOperationException">The client would not let this be sent, e.g. a required field is empty.</exception>
    public static JsonObject Data(JsonObject card, JsonObject action, IReadOnlyList<(string Id, string Value)> filled)
    {
        var data = action["data"] as JsonObject is { } own ? own.DeepClone().AsObject() : [];
        if (action.Text("associatedInputs") == "none") return data;
        var inputs = Everything(card).Where(part => part.Text("type")?.StartsWith("Input.") == true && part.Text("id") is not null).ToDictionary(input => input.Text("id")!);
        foreach (var (id, _) in filled)
            if (!inputs.ContainsKey(id)) throw new InvalidOperationException($"There is no \"{id}\" to fill in on this card.");
        foreach (var (id, input) in inputs)
            if (Value(input, [.. filled.Where(one => one.Id == id).Select(one => one.Value)]) is { Length: > 0 } value)
                data[id] = value;
        return data;
    }

    static string Value(JsonObject input, IReadOnlyList<string> filled)
    {
        var name = input.Text("label") ?? input.Text("id");
        var value = filled.Count > 0 ? string.Join(',', filled) : input["value"]?.ToString() ?? (input.Text("type") == "Input.Toggle" ? input.Text("valueOff") ?? "false" : "");
        if (value.Length == 0 && (bool?)input["isRequired"] == true) throw new InvalidOperationException($"\"{name}\" must be filled in.");
        if (value.Length > (int?)input["maxLength"]) throw new InvalidOperationException($"\"{name}\" is too long.");
        if (input["choices"] is JsonArray choices && value.Length > 0)
        {
            if ((bool?)input["isMultiSelect"] == true && choices.Any(choice => choice.Text("value")?.Contains(',') == true)) throw new InvalidOperationException($"\"{name}\" has a choice with a comma, which stands between choices.");
            if (filled.Count > 1 && (bool?)input["isMultiSelect"] != true) throw new InvalidOperationException($"\"{name}\" takes one choice.");
            foreach (var chosen in value.Split(','))
                if (!choices.Any(choice => choice.Text("value") == chosen)) throw new InvalidOperationException($"\"{name}\" has no choice \"{chosen}\".");
        }
        return value;
    }

    static IEnumerable<JsonObject> Everything(JsonNode? part) => part switch
    {
        JsonObject fields => fields.Where(field => field.Key is not ("data" or "fallback")).SelectMany(field => Everything(field.Value)).Prepend(fields),
        JsonArray parts => parts.SelectMany(Everything),
        _ => [],
    };
}
