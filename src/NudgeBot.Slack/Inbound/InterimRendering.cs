using System.Text.Json;
using System.Text.Json.Nodes;
using NudgeBot.Chat;

namespace NudgeBot.Slack.Inbound;

/// <summary>Messages and forms as Slack's JSON, and back: the plainest form of it, in one place.</summary>
static class InterimRendering
{
    const char Separator = '/';

    /// <summary>What stands in a message's or a form's place, as its action id carries it.</summary>
    public static string ActionOf(string slackActionId) => slackActionId.LastIndexOf(Separator) is > 0 and var at ? slackActionId[..at] : slackActionId;

    /// <summary>A select has no value of its own: its payload stands in the id of its block.</summary>
    public static (string ActionId, string Payload) Read(string slackActionId, string? blockId, string? value) =>
        (ActionOf(slackActionId), value ?? (blockId?.StartsWith("select:") == true ? blockId["select:".Length..] : ""));

    public static JsonArray Blocks(Message message)
    {
        var number = 0;
        return [.. message.Blocks.Select(block => (JsonNode)block.Match(
            text => Section(text.Markdown),
            prompt => Section($"```{prompt.Content}```"),
            buttons => new JsonObject
            {
                ["type"] = "actions",
                ["elements"] = new JsonArray([.. buttons.Items.Select(button => (JsonNode)Button(button, number++))]),
            },
            select => new JsonObject
            {
                ["type"] = "actions",
                ["block_id"] = $"select:{select.Payload}",
                ["elements"] = new JsonArray(new JsonObject
                {
                    ["type"] = "static_select",
                    ["action_id"] = $"{select.ActionId}{Separator}{number++}",
                    ["placeholder"] = Plain(select.Placeholder),
                    ["options"] = Options(select.Options),
                }),
            },
            context => new JsonObject { ["type"] = "context", ["elements"] = new JsonArray(Markdown(context.Markdown)) }))];
    }

    public static JsonObject View(Form form, SlackPlace place) => new()
    {
        ["type"] = "modal",
        ["callback_id"] = form.ActionId,
        ["private_metadata"] = JsonSerializer.Serialize(new Metadata(form.Payload, place with { TriggerId = null })),
        ["title"] = Plain(Cut(form.Title, 24)),
        ["submit"] = Plain(Cut(form.Submit, 24)),
        ["blocks"] = new JsonArray([.. form.Fields.Select(field => (JsonNode)new JsonObject
        {
            ["type"] = "input",
            ["block_id"] = field.Id,
            ["optional"] = !field.Required,
            ["label"] = Plain(field.Label),
            ["hint"] = field.Hint is { } hint ? Plain(hint) : null,
            ["element"] = Element(field),
        })]),
    };

    public static (string Payload, SlackPlace Place) ReadMetadata(string? metadata)
    {
        try
        {
            if (metadata is not null && JsonSerializer.Deserialize<Metadata>(metadata) is { Place: not null } read) return (read.Payload ?? "", read.Place);
        }
        catch (JsonException)
        {
            // A form of another version of the program: it can still be answered.
        }
        return (metadata ?? "", new SlackPlace());
    }

    public static IReadOnlyDictionary<string, string> ReadValues(JsonElement view)
    {
        var values = new Dictionary<string, string>();
        if (view.At("state", "values") is not { ValueKind: JsonValueKind.Object } blocks) return values;
        foreach (var block in blocks.EnumerateObject().Where(block => block.Value.ValueKind == JsonValueKind.Object))
        {
            foreach (var element in block.Value.EnumerateObject())
                values[block.Name] = element.Value.Text("value") ?? element.Value.Text("selected_option", "value") ?? "";
        }
        return values;
    }

    static JsonObject Element(Field field) => field.Match(
        line => new JsonObject
        {
            ["type"] = "plain_text_input",
            ["action_id"] = field.Id,
            ["multiline"] = line.Multiline,
            ["max_length"] = Math.Min(line.MaxLength, 3000),
            ["initial_value"] = line.Initial.Length > 0 ? line.Initial : null,
        },
        number => new JsonObject
        {
            ["type"] = "number_input",
            ["action_id"] = field.Id,
            ["is_decimal_allowed"] = false,
            ["min_value"] = $"{number.Min}",
            ["max_value"] = $"{number.Max}",
        },
        choice => new JsonObject
        {
            ["type"] = "static_select",
            ["action_id"] = field.Id,
            ["options"] = Options(choice.Options),
            ["initial_option"] = choice.Options.FirstOrDefault(option => option.Value == choice.Initial) is { } initial ? OptionOf(initial) : null,
        });

    static JsonObject Button(Button button, int number) => new()
    {
        ["type"] = "button",
        ["action_id"] = $"{button.ActionId}{Separator}{number}",
        ["value"] = button.Payload,
        ["text"] = Plain(button.Label),
    };

    public static JsonArray Options(IEnumerable<Option> options) => [.. options.Select(option => (JsonNode)OptionOf(option))];

    static JsonObject OptionOf(Option option) => new() { ["text"] = Plain(option.Label), ["value"] = option.Value };

    static JsonObject Section(string markdown) => new() { ["type"] = "section", ["text"] = Markdown(markdown) };

    static JsonObject Markdown(string markdown) => new() { ["type"] = "mrkdwn", ["text"] = markdown };

    static JsonObject Plain(string text) => new() { ["type"] = "plain_text", ["text"] = text };

    static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest];

    sealed record Metadata(string? Payload, SlackPlace? Place);
}
