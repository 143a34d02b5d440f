using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NudgeBot.Teams.Tests.Rendering;

/// <summary>What Teams' documents and the card schema say, written down once more and by itself: a list of what is broken.</summary>
static partial class CardRules
{
    static readonly JsonSerializerOptions AsSent = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly Dictionary<string, string[]> Properties = new()
    {
        ["AdaptiveCard"] = ["type", "$schema", "version", "lang", "fallbackText", "speak", "msteams", "body", "actions"],
        ["RichTextBlock"] = ["type", "inlines", "spacing"],
        ["TextRun"] = ["type", "text", "weight", "italic", "strikethrough", "fontType", "size", "isSubtle", "color", "selectAction"],
        ["Container"] = ["type", "style", "items", "spacing"],
        ["ColumnSet"] = ["type", "columns", "spacing"],
        ["Column"] = ["type", "width", "items", "spacing"],
        ["ActionSet"] = ["type", "actions", "spacing"],
        ["Action.Execute"] = ["type", "title", "verb", "associatedInputs", "data", "fallback", "style"],
        ["Action.Submit"] = ["type", "title", "associatedInputs", "data", "style"],
        ["Action.OpenUrl"] = ["type", "url"],
        ["Action.ToggleVisibility"] = ["type", "title", "targetElements"],
        ["Input.Text"] = ["type", "id", "label", "value", "isVisible", "isMultiline", "maxLength", "isRequired", "errorMessage"],
        ["Input.Number"] = ["type", "id", "label", "value", "min", "max", "isRequired", "errorMessage"],
        ["Input.ChoiceSet"] = ["type", "id", "label", "value", "style", "choices", "isMultiSelect", "placeholder", "isRequired", "errorMessage"],
    };

    public static IEnumerable<string> Broken(JsonObject attachment)
    {
        var bytes = Encoding.UTF8.GetByteCount(attachment.ToJsonString(AsSent));
        if (bytes >= 25 * 1024) yield return $"{bytes} bytes";
        if ((string)attachment["contentType"]! != "application/vnd.microsoft.card.adaptive") yield return "a content type";
        var card = attachment["content"]!.AsObject();
        if (card["body"]!.AsArray().Count == 0) yield return "an empty card";
        if ((string)card["version"]! != "1.5") yield return "a version";
        if (string.IsNullOrWhiteSpace((string?)card["fallbackText"])) yield return "no fallback text";
        if (card["msteams"] is { } teams && teams.ToJsonString() != """{"width":"Full"}""") yield return "entities, which mentions need, or something else of Teams' own";
        var ids = Objects(card).Select(one => (string?)one["id"]).OfType<string>().ToList();
        if (ids.Distinct().Count() != ids.Count) yield return "an id twice";
        foreach (var target in Objects(card).SelectMany(one => one["targetElements"]?.AsArray().Select(id => (string)id!) ?? []).Where(target => !ids.Contains(target))) yield return $"no element {target}";
        foreach (var broken in Objects(card).SelectMany(Own).Concat(Texts(card))) yield return broken;
    }

    /// <summary>What has a type: data and choices have none.</summary>
    static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject json => (json.ContainsKey("type") ? [json] : Enumerable.Empty<JsonObject>()).Concat(json.Where(property => property.Key is not ("data" or "msteams")).SelectMany(property => Objects(property.Value))),
        JsonArray array => array.SelectMany(Objects),
        _ => [],
    };

    static IEnumerable<string> Own(JsonObject json)
    {
        var type = (string)json["type"]!;
        if (!Properties.TryGetValue(type, out var known)) return [$"an element of type {type}"];
        var unknown = json.Select(property => property.Key).Except(known).Select(property => $"{type} has no {property}");
        return unknown.Concat(type switch
        {
            "TextRun" => Run(json),
            "RichTextBlock" => Some(json, "inlines"),
            "Container" => Some(json, "items"),
            "ColumnSet" => Some(json, "columns"),
            "ActionSet" => Some(json, "actions").Concat(json["actions"]!.AsArray().Count > 6 ? ["more than six actions"] : []),
            "Action.Execute" => Title(json).Concat(Execute(json)),
            "Action.Submit" => Title(json).Concat(Data(json)),
            "Action.ToggleVisibility" => Title(json),
            "Action.OpenUrl" => Link().IsMatch((string)json["url"]!) ? [] : [$"a link to {json["url"]}"],
            _ when type.StartsWith("Input.") => Input(json),
            _ => [],
        });
    }

    static IEnumerable<string> Run(JsonObject run)
    {
        var text = (string)run["text"]!;
        if (text.Length == 0) yield return "an empty run";
        if (text.Contains("{{DATE(") || text.Contains("{{TIME(")) yield return "a function in a text";
        if (text.Any(c => char.IsControl(c) && c != '\n')) yield return "a control character";
    }

    static IEnumerable<string> Title(JsonObject action)
    {
        var title = (string?)action["title"];
        if (string.IsNullOrWhiteSpace(title) || title.Length > 75 || title.Contains('\n')) yield return $"a button's title: {title}";
        if ((string?)action["style"] is not (null or "positive" or "destructive")) yield return "a style";
    }

    static IEnumerable<string> Execute(JsonObject action)
    {
        if ((string)action["verb"]! != (string)action["data"]!["action"]!) yield return "a verb that is not the action";
        if (action["data"]!["msteams"] is not null) yield return "a dialog by Action.Execute";
        if ((string?)action["fallback"]!["type"] != "Action.Submit") yield return "no fallback";
        if (!JsonNode.DeepEquals(action["data"], action["fallback"]!["data"])) yield return "a fallback that says something else";
        foreach (var broken in Data(action)) yield return broken;
    }

    static IEnumerable<string> Data(JsonObject action)
    {
        var data = action["data"]!.AsObject();
        if (((string?)data["action"])?.Length is null or 0 or > 255) yield return "an action's id";
        if (((string?)data["payload"])?.Length is null or > 2000) yield return "an action's payload";
        if ((string?)action["associatedInputs"] != (data.ContainsKey("chosenIn") || data.ContainsKey("fields") ? "auto" : "none")) yield return "inputs that are sent for nothing, or are not sent";
        if (data["msteams"] is { } teams && teams.ToJsonString() != """{"type":"task/fetch"}""") yield return "something of Teams' own";
    }

    static IEnumerable<string> Input(JsonObject input)
    {
        if (string.IsNullOrWhiteSpace((string?)input["id"])) yield return "an input without id";
        if (string.IsNullOrWhiteSpace((string?)input["label"])) yield return "an input without label";
        if ((bool?)input["isRequired"] == true && string.IsNullOrWhiteSpace((string?)input["errorMessage"])) yield return "a required input without a word for it";
        if (input["maxLength"] is { } most && ((int)most < 1 || ((string)input["value"]!).Length > (int)most)) yield return "a text's length";
        if (input["min"] is not null && ((int)input["min"]! > (int)input["max"]! || (input["value"] is { } number && ((int)number < (int)input["min"]! || (int)number > (int)input["max"]!)))) yield return "a number's range";
        if (input["choices"] is not JsonArray choices) yield break;
        var values = choices.Select(choice => (string)choice!["value"]!).ToList();
        if (values.Count == 0 || values.Distinct().Count() != values.Count || values.Exists(value => value.Length is 0 or > 75)) yield return "choices' values";
        if (choices.Any(choice => ((string)choice!["title"]!).Length is 0 or > 75)) yield return "choices' titles";
        var isMany = (bool?)input["isMultiSelect"] == true;
        if (isMany && values.Exists(value => value.Contains(','))) yield return "a choice with what stands between choices";
        if ((string?)input["value"] is { } chosen && (isMany ? chosen.Split(',') : [chosen]).Except(values).Any()) yield return "a choice that is none";
    }

    static IEnumerable<string> Some(JsonObject json, string property) => json[property]!.AsArray().Count == 0 ? [$"no {property}"] : [];

    static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(property => Texts(property.Value)),
        JsonArray array => array.SelectMany(Texts),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && HasHalfAPair((string)value!) => ["half a pair"],
        _ => [],
    };

    static bool HasHalfAPair(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i])) return true;
        }
        return false;
    }

    [GeneratedRegex("^(https?://|mailto:).{1,1000}$", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
