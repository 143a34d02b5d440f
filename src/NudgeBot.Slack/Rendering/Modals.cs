using System.Globalization;
using System.Text.Json.Nodes;
using NudgeBot.Chat;

namespace NudgeBot.Slack.Rendering;

/// <summary>A form as a modal. A field's id is its block's, by which values and errors are told apart.</summary>
static class Modals
{
    const string Element = "value";

    /// <param name="context">Where the form was opened from.</param>
    public static JsonObject View(Form form, FormContext context) => new()
    {
        ["type"] = "modal",
        ["callback_id"] = Limits.Within(form.ActionId, SlackLimits.Id, "A form's action id"),
        ["private_metadata"] = context.Write(),
        ["title"] = SlackText.Plain(form.Title, SlackLimits.Title),
        ["submit"] = SlackText.Plain(form.Submit, SlackLimits.Title),
        ["blocks"] = new JsonArray([.. form.Fields.Take(SlackLimits.ViewBlocks).Select(Input).OfType<JsonNode>()]),
    };

    static JsonObject? Input(Field field)
    {
        if (field.Match(Line, Number, Choice) is not { } element) return null;
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
        return input;
    }

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
}
