using System.Globalization;
using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Conversations;

namespace NudgeBot.Teams.Rendering;

/// <summary>A form's field as an input of a card.</summary>
static class DialogInput
{
    /// <param name="value">Filled in before, and better than the field's own.</param>
    /// <param name="isChecked">Whether the client keeps back a form in which a required field is empty; else the label says that it is required.</param>
    /// <returns>Null where there is nothing to choose from.</returns>
    public static JsonObject? Of(Field field, string? value, string locale, bool isChecked = true)
    {
        var input = field.Match(line => Line(line, value), number => Number(number, value, locale), choice => Choice(choice, value), choices => Choices(choices, value));
        if (input is null) return null;
        input["label"] = CardTitle.Of(field.Required && !isChecked ? $"{field.Label} *" : field.Label, TeamsLimits.Label);
        input["isRequired"] = field.Required && isChecked;
        if (field.Required && isChecked) input["errorMessage"] ??= Phrases.Say(locale, "field-empty");
        return input;
    }

    static JsonObject Line(Field.Line line, string? value) => new()
    {
        ["type"] = "Input.Text",
        ["id"] = SubmittedDialog.InputId(line.Id),
        ["isMultiline"] = line.Multiline,
        ["maxLength"] = Math.Clamp(line.MaxLength, 1, TeamsLimits.Submitted),
        ["value"] = SafeText.Clean(value ?? line.Initial),
    };

    static JsonObject Number(Field.Number number, string? value, string locale)
    {
        var input = new JsonObject
        {
            ["type"] = "Input.Number",
            ["id"] = SubmittedDialog.InputId(number.Id),
            ["min"] = number.Min,
            ["max"] = number.Max,
            ["errorMessage"] = Phrases.Say(locale, "field-number", ("min", Text(number.Min)), ("max", Text(number.Max))),
        };
        var shown = value is null ? number.Initial : int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var typed) ? typed : null;
        if (shown >= number.Min && shown <= number.Max) input["value"] = shown;
        return input;

        static string Text(int limit) => limit.ToString(CultureInfo.InvariantCulture);
    }

    static JsonObject? Choice(Field.Choice choice, string? value) => Distinct(choice.Options) is { Count: > 0 } options
        ? ChoiceList.Of(SubmittedDialog.InputId(choice.Id), choice.Label, options, value ?? choice.Initial)
        : null;

    static JsonObject? Choices(Field.Choices choices, string? value) => Distinct(choices.Options) is { Count: > 0 } options
        ? ChoiceList.Several(SubmittedDialog.InputId(choices.Id), choices.Label, options, value is null ? choices.Initial : Field.Choices.Read(value), choices.None)
        : null;

    static List<Option> Distinct(IEnumerable<Option> options) => [.. options.Where(option => option.Value.Length > 0).DistinctBy(option => option.Value)];
}
