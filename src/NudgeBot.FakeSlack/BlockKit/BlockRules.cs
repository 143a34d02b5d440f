using System.Text.Json;
using System.Text.Json.Nodes;

namespace NudgeBot.FakeSlack.BlockKit;

enum Surface
{
    Message,
    Modal,
    Home,
}

/// <summary>The limits that docs.slack.dev gives for blocks; what is wrong is said in Slack's own words, with the place as a JSON pointer.</summary>
sealed class BlockRules(Surface surface, string root)
{
    readonly List<string> _wrong = [];
    readonly HashSet<string> _blockIds = [];

    public static IReadOnlyList<string> Check(JsonArray blocks, Surface surface, string root = "/blocks")
    {
        var rules = new BlockRules(surface, root);
        rules.Blocks(blocks);
        return rules._wrong;
    }

    void Blocks(JsonArray blocks)
    {
        var most = surface == Surface.Message ? 50 : 100;
        if (blocks.Count > most) Wrong($"no more than {most} items allowed", root);
        for (var i = 0; i < blocks.Count; i++) Block(blocks[i], $"{root}/{i}");
    }

    void Block(JsonNode? node, string at)
    {
        if (node is not JsonObject block)
        {
            Wrong("must be an object", at);
            return;
        }
        if (Length(block, "block_id", 255, at) is { } id && !_blockIds.Add(id)) Wrong($"block_id `{id}` already exists", $"{at}/block_id");
        switch (Type(block))
        {
            case "section": Section(block, at); break;
            case "actions": Several(block, "elements", 1, 25, at, (element, place) => Interactive(element, place)); UniqueActions(block, at); break;
            case "context": Several(block, "elements", 1, 10, at, ContextElement); break;
            case "header": Text(block, "text", 150, at, plain: true); break;
            case "image": Image(block, at); break;
            case "input": Input(block, at); break;
            case "divider" or "rich_text" or "video" or "file" or "markdown" or "context_actions" or "table": break;
            case null: Wrong("missing required field: type", at); break;
            case var type: Wrong($"unsupported type: {type}", $"{at}/type"); break;
        }
    }

    void Section(JsonObject block, string at)
    {
        if (block["text"] is null && block["fields"] is null) Wrong("must define either `text` or `fields`", $"{at}/type");
        if (block["text"] is not null) Text(block, "text", 3000, at);
        if (block["fields"] is not null) Several(block, "fields", 1, 10, at, (field, place) => TextObject(field, 2000, place));
        if (block["accessory"] is { } accessory && Type(accessory) != "image") Interactive(accessory, $"{at}/accessory");
        else if (block["accessory"] is JsonObject image) Image(image, $"{at}/accessory");
    }

    void Input(JsonObject block, string at)
    {
        Text(block, "label", 2000, at, plain: true);
        if (block["hint"] is not null) Text(block, "hint", 2000, at, plain: true);
        if (block["dispatch_action"] is { } dispatches && dispatches.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False)) Wrong("must be a boolean", $"{at}/dispatch_action");
        if (block["element"] is { } element) Interactive(element, $"{at}/element");
        else Wrong("missing required field: element", at);
    }

    void ContextElement(JsonNode? element, string at)
    {
        if (Type(element) == "image") Image(element!.AsObject(), at);
        else TextObject(element, 2000, at);
    }

    void Image(JsonObject image, string at)
    {
        if (image["image_url"] is null && image["slack_file"] is null) Wrong("missing required field: image_url", at);
        Length(image, "image_url", 3000, at);
        if (image["alt_text"] is null) Wrong("missing required field: alt_text", at);
        Length(image, "alt_text", 2000, at);
    }

    void Interactive(JsonNode? node, string at)
    {
        if (node is not JsonObject element || Type(node) is not { } type)
        {
            Wrong("missing required field: type", at);
            return;
        }
        Length(element, "action_id", 255, at);
        if (type is "button" or "workflow_button")
        {
            Text(element, "text", 75, at, plain: true);
            Length(element, "value", 2000, at);
            Length(element, "url", 3000, at);
            if (element["style"] is { } style && (string?)style is not ("primary" or "danger")) Wrong("must be one of: primary, danger", $"{at}/style");
        }
        else if (type is "plain_text_input" or "email_text_input" or "number_input" or "url_text_input" or "rich_text_input")
        {
            if (element["max_length"] is JsonValue most && (int)most > 3000) Wrong("must be less than 3001", $"{at}/max_length");
        }
        else if (type is "static_select" or "multi_static_select" or "overflow" or "radio_buttons" or "checkboxes")
        {
            Options(element, type, at);
        }
        else if (type is not ("external_select" or "multi_external_select" or "users_select" or "multi_users_select" or "channels_select" or "multi_channels_select"
            or "conversations_select" or "multi_conversations_select" or "datepicker" or "timepicker" or "datetimepicker" or "file_input"))
        {
            Wrong($"unsupported type: {type}", $"{at}/type");
        }
        if (element["placeholder"] is not null) Text(element, "placeholder", 150, at, plain: true);
        if (element["confirm"] is JsonObject confirm) Confirm(confirm, $"{at}/confirm");
    }

    void Options(JsonObject element, string type, string at)
    {
        InitialOptions(element, at);
        var most = type switch { "overflow" => 5, "radio_buttons" or "checkboxes" => 10, _ => 100 };
        if (element["option_groups"] is not null)
        {
            Several(element, "option_groups", 1, 100, at, (group, place) =>
            {
                if (group is not JsonObject known) return;
                Text(known, "label", 75, place, plain: true);
                Several(known, "options", 1, most, place, Option);
            });
            return;
        }
        Several(element, "options", 1, most, at, Option);
    }

    /// <summary>They stand among the options, to the letter.</summary>
    void InitialOptions(JsonObject element, string at)
    {
        var groups = (element["option_groups"] as JsonArray ?? []).Select(group => group?["options"] as JsonArray ?? []);
        var offered = groups.Append(element["options"] as JsonArray ?? []).SelectMany(options => options).ToList();
        if (element["initial_options"] is JsonArray { Count: 0 }) Wrong("no fewer than 1 items allowed", $"{at}/initial_options");
        foreach (var (initial, place) in (element["initial_options"] as JsonArray ?? []).Select((option, index) => (option, $"initial_options/{index}")).Append((element["initial_option"], "initial_option")))
            if (initial is not null && !offered.Exists(option => JsonNode.DeepEquals(option, initial)))
                Wrong("must match one of the options", $"{at}/{place}");
        if (element["max_selected_items"] is JsonValue most && (int)most < 1) Wrong("must be more than 0", $"{at}/max_selected_items");
    }

    void Option(JsonNode? node, string at)
    {
        if (node is not JsonObject option)
        {
            Wrong("must be an object", at);
            return;
        }
        Text(option, "text", 75, at);
        if (option["value"] is null) Wrong("missing required field: value", at);
        Length(option, "value", 150, at);
        if (option["description"] is not null) Text(option, "description", 75, at, plain: true);
    }

    void Confirm(JsonObject confirm, string at)
    {
        Text(confirm, "title", 100, at, plain: true);
        Text(confirm, "text", 300, at);
        if (confirm["confirm"] is not null) Text(confirm, "confirm", 30, at, plain: true);
        if (confirm["deny"] is not null) Text(confirm, "deny", 30, at, plain: true);
    }

    void UniqueActions(JsonObject block, string at)
    {
        var elements = block["elements"] as JsonArray ?? [];
        var seen = new HashSet<string>();
        for (var i = 0; i < elements.Count; i++)
            if ((string?)elements[i]?["action_id"] is { } id && !seen.Add(id))
                Wrong($"`action_id` \"{id}\" already exists", $"{at}/elements/{i}/action_id");
    }

    void Several(JsonObject parent, string field, int least, int most, string at, Action<JsonNode?, string> each)
    {
        if (parent[field] is not JsonArray items)
        {
            Wrong($"missing required field: {field}", at);
            return;
        }
        if (items.Count < least) Wrong($"no fewer than {least} items allowed", $"{at}/{field}");
        if (items.Count > most) Wrong($"no more than {most} items allowed", $"{at}/{field}");
        for (var i = 0; i < items.Count; i++) each(items[i], $"{at}/{field}/{i}");
    }

    void Text(JsonObject parent, string field, int longest, string at, bool plain = false)
    {
        if (parent[field] is null) Wrong($"missing required field: {field}", at);
        else TextObject(parent[field], longest, $"{at}/{field}", plain);
    }

    void TextObject(JsonNode? node, int longest, string at, bool plain = false)
    {
        var type = Type(node);
        if (type is not "plain_text" && (plain || type is not "mrkdwn"))
        {
            Wrong(type is null ? "missing required field: type" : $"unsupported type: {type}", type is null ? at : $"{at}/type");
            return;
        }
        var text = node!["text"] is JsonValue value ? value.ToString() : null;
        if (text is null) Wrong("missing required field: text", at);
        else if (text.Length == 0) Wrong("must be more than 0 characters", $"{at}/text");
        else if (text.Length > longest) Wrong($"must be less than {longest + 1} characters", $"{at}/text");
    }

    string? Length(JsonObject parent, string field, int longest, string at)
    {
        var text = parent[field] is JsonValue value ? value.ToString() : null;
        if (text?.Length > longest) Wrong($"must be less than {longest + 1} characters", $"{at}/{field}");
        return text;
    }

    static string? Type(JsonNode? node) => node is JsonObject thing && thing["type"] is JsonValue type ? type.ToString() : null;

    void Wrong(string what, string at) => _wrong.Add($"{what} [json-pointer:{at}]");
}
