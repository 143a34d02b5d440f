using System.Text.Json.Nodes;

namespace NudgeBot.Slack.Tests.Rendering;

/// <summary>What Slack's reference says of blocks, written down once more and by itself: a list of what is broken.</summary>
static class SlackRules
{
    public static IEnumerable<string> Broken(JsonArray blocks, int most)
    {
        if (blocks.Count is 0 || blocks.Count > most) yield return $"{blocks.Count} blocks";
        var ids = blocks.Select(block => (string?)block!["block_id"]).OfType<string>().ToList();
        if (ids.Distinct().Count() != ids.Count) yield return "a block_id twice";
        if (ids.Exists(id => id.Length is 0 or > 255)) yield return "a block_id's length";
        foreach (var broken in blocks.SelectMany(block => Broken(block!.AsObject()))) yield return broken;
    }

    static IEnumerable<string> Broken(JsonObject block) => (string)block["type"]! switch
    {
        "section" => Mrkdwn(block["text"]!),
        "context" => Count(block["elements"]!, 1, 10).Concat(block["elements"]!.AsArray().SelectMany(element => Mrkdwn(element!))),
        "actions" => Count(block["elements"]!, 1, 25).Concat(Twice(block["elements"]!, "action_id")).Concat(block["elements"]!.AsArray().SelectMany(element => Element(element!))),
        "rich_text" => RichText(block),
        "input" => Text(block["label"]!, "plain_text", 2000).Concat(block["hint"] is { } hint ? Text(hint, "plain_text", 2000) : []).Concat(Element(block["element"]!)),
        var other => [$"a block of type {other}"],
    };

    static IEnumerable<string> RichText(JsonObject block)
    {
        var text = (string)block["elements"]![0]!["elements"]![0]!["text"]!;
        if (text.Length == 0) yield return "an empty prompt";
    }

    static IEnumerable<string> Element(JsonNode element) => Length(element["action_id"]!, 1, 255).Concat((string)element["type"]! switch
    {
        "button" => Text(element["text"]!, "plain_text", 75).Concat(element["value"] is { } value ? Length(value, 1, 2000) : [])
            .Concat((string?)element["style"] is null or "primary" or "danger" ? [] : ["a style"]),
        "static_select" or "multi_static_select" => Select(element),
        "plain_text_input" => (int)element["max_length"]! is < 1 or > 3000 || ((string?)element["initial_value"])?.Length > (int)element["max_length"]! ? ["an input's length"] : [],
        "number_input" => int.Parse((string)element["min_value"]!) > int.Parse((string)element["max_value"]!) ? ["a number's range"] : [],
        var other => [$"an element of type {other}"],
    });

    static IEnumerable<string> Select(JsonNode select)
    {
        var groups = select["option_groups"]?.AsArray();
        if (groups is null == select["options"] is null) yield return "options and groups, or neither";
        if (select["placeholder"] is { } placeholder) foreach (var broken in Text(placeholder, "plain_text", 150)) yield return broken;
        foreach (var group in groups?.ToArray() ?? [select])
        {
            if (group != select) foreach (var broken in Text(group!["label"]!, "plain_text", 75)) yield return broken;
            foreach (var broken in Count(group!["options"]!, 1, 100).Concat(Twice(group["options"]!, "value"))) yield return broken;
            foreach (var option in group["options"]!.AsArray())
                foreach (var broken in Text(option!["text"]!, "plain_text", 75).Concat(Length(option["value"]!, 1, 150))) yield return broken;
        }
        if (groups?.Count > 100) yield return "too many groups";
    }

    static IEnumerable<string> Mrkdwn(JsonNode text)
    {
        foreach (var broken in Text(text, "mrkdwn", 3000)) yield return broken;
        if ((bool?)text["verbatim"] != true) yield return "not verbatim";
        foreach (var broken in MrkdwnRules.Broken((string)text["text"]!)) yield return broken;
    }

    static IEnumerable<string> Text(JsonNode text, string type, int longest)
    {
        if ((string)text["type"]! != type) yield return $"{type} was wanted";
        foreach (var broken in Length(text["text"]!, 1, longest)) yield return broken;
        if (string.IsNullOrWhiteSpace((string)text["text"]!)) yield return "a blank text";
    }

    static IEnumerable<string> Length(JsonNode text, int least, int most)
    {
        var value = (string)text!;
        if (value.Length < least || value.Length > most) yield return $"{value.Length} characters instead of {least} to {most}: {value[..Math.Min(60, value.Length)]}";
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsControl(value[i]) && value[i] != '\n') yield return "a control character";
            if (char.IsHighSurrogate(value[i]) && (i + 1 == value.Length || !char.IsLowSurrogate(value[i + 1]))) yield return "half a pair";
            if (char.IsLowSurrogate(value[i]) && (i == 0 || !char.IsHighSurrogate(value[i - 1]))) yield return "half a pair";
        }
    }

    static IEnumerable<string> Count(JsonNode array, int least, int most) =>
        array.AsArray().Count < least || array.AsArray().Count > most ? [$"{array.AsArray().Count} elements instead of {least} to {most}"] : [];

    static IEnumerable<string> Twice(JsonNode array, string property) =>
        array.AsArray().GroupBy(element => (string)element![property]!).Where(same => same.Count() > 1).Select(same => $"{property} {same.Key} twice");
}
