using System.Globalization;
using System.Text.Json.Nodes;
using NudgeBot.Chat;

namespace NudgeBot.Slack.Rendering;

/// <summary>A form as a modal. A field's id is its block's, by which values and errors are told apart.</summary>
/// <remarks>
/// Where a modal is replaced by another one, Slack keeps what was filled in for blocks and elements of the same ids, and overlooks their initial values
/// (docs.slack.dev, views.update, preserving input entry): whoever goes on typing loses nothing.
/// </remarks>
static class Modals
{
    const string Element = "value";

    /// <summary>Of the block that says how a form looks so far: no field of the product's is called so.</summary>
    const string LookBlock = "look";

    /// <param name="context">Where the form was opened from.</param>
    /// <param name="errors">By field id. Slack shows errors of its own only where a form was sent: these stand below their fields.</param>
    public static JsonObject View(Form form, FormContext context, IReadOnlyDictionary<string, string>? errors = null) => new()
    {
        ["type"] = "modal",
        ["callback_id"] = Limits.Within(form.ActionId, SlackLimits.Id, "A form's action id"),
        ["private_metadata"] = context.Write(),
        ["title"] = SlackText.Plain(form.Title, SlackLimits.Title),
        ["submit"] = SlackText.Plain(form.Submit, SlackLimits.Title),
        ["blocks"] = new JsonArray([.. form.Fields.SelectMany(field => Blocks(form, field, errors)).Take(SlackLimits.ViewBlocks)]),
    };

    static IEnumerable<JsonNode> Blocks(Form form, Field field, IReadOnlyDictionary<string, string>? errors)
    {
        if (Input(field, asksAtOnce: form.Look is not null && field is Field.Choices) is { } input) yield return input;
        if (errors?.GetValueOrDefault(field.Id) is { } error) yield return Wrong(error);
        if (form.Look is { } look && look.Below == field.Id) yield return Said(look);
    }

    /// <param name="asksAtOnce">Whatever is chosen is told at once.</param>
    static JsonObject? Input(Field field, bool asksAtOnce)
    {
        if (field.Match(Line, Number, Choice, Choices) is not { } element) return null;
        var input = new JsonObject
        {
            ["type"] = "input",
            ["block_id"] = Limits.Within(field.Id, SlackLimits.Id, "A field's id"),
            ["label"] = SlackText.Plain(field.Label, SlackLimits.Label),
            ["element"] = element,
            ["optional"] = !field.Required,
        };
        // Hints are Markdown elsewhere; here they are plain text and nothing else.
        if (field.Hint is { } hint) input["hint"] = SlackText.Plain(Markdig.Markdown.ToPlainText(hint).Trim(), SlackLimits.Label);
        if (asksAtOnce) input["dispatch_action"] = true;
        return input;
    }

    /// <summary>With a button for what is not told at once.</summary>
    static JsonObject Said(Look look) => new()
    {
        ["type"] = "section",
        ["block_id"] = LookBlock,
        ["text"] = Words(look.Said, SlackLimits.Text),
        ["accessory"] = new JsonObject { ["type"] = "button", ["action_id"] = LookBlock, ["text"] = SlackText.Plain(look.Label, SlackLimits.ButtonText) },
    };

    static JsonObject Wrong(string error) => new() { ["type"] = "context", ["elements"] = new JsonArray(Words(Markdown.Escape($"⚠️ {error}"), SlackLimits.ContextText)) };

    static JsonObject Words(string markdown, int longest) => SlackText.Formatted(Mrkdwn.Split(markdown, longest) is [var first, ..] ? first : "…");

    static JsonObject? Line(Field.Line line)
    {
        var longest = Math.Clamp(line.MaxLength, 1, SlackLimits.InputLength);
        var element = new JsonObject { ["type"] = "plain_text_input", ["action_id"] = Element, ["multiline"] = line.Multiline, ["max_length"] = longest };
        if (line.Initial.Length > 0) element["initial_value"] = SlackText.Cut(line.Initial, longest);
        return element;
    }

    static JsonObject? Number(Field.Number number)
    {
        var element = new JsonObject
        {
            ["type"] = "number_input",
            ["action_id"] = Element,
            ["is_decimal_allowed"] = false,
            ["min_value"] = Text(number.Min),
            ["max_value"] = Text(number.Max),
        };
        if (number.Initial is { } initial && initial >= number.Min && initial <= number.Max) element["initial_value"] = Text(initial);
        return element;

        static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
    }

    static JsonObject? Choice(Field.Choice choice) => StaticSelect.Of(Element, choice.Options, placeholder: null, choice.Initial);

    static JsonObject? Choices(Field.Choices choices) => StaticSelect.Several(Element, choices.Options, choices.None, choices.Initial);
}
