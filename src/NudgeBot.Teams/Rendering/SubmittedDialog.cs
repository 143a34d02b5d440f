using System.Text.Json;
using System.Text.Json.Nodes;
using NudgeBot.Chat;

namespace NudgeBot.Teams.Rendering;

/// <summary>A dialog that was sent, as the conversations want it.</summary>
/// <param name="Values">By field id; what was left empty is an empty text.</param>
/// <param name="IsLook">It was only asked how it looks so far.</param>
sealed record SubmittedDialog(string ActionId, string Payload, DialogContext Context, IReadOnlyDictionary<string, string> Values, bool IsLook = false)
{
    const string From = "from";
    const string Fields = "fields";
    const string Look = "look";

    /// <summary>Teams puts the inputs beside the button's own data: no field's id may be one of its keys.</summary>
    const string InputPrefix = "field.";

    public static string InputId(string fieldId) => TeamsLimits.Within(InputPrefix + fieldId, TeamsLimits.Id, "A field's id");

    /// <summary>Of the button that sends the form. Teams leaves out inputs that are empty, so the fields' names are in it.</summary>
    /// <param name="isLook">Of the button that asks how it looks so far.</param>
    public static JsonObject Data(Form form, DialogContext context, bool isLook = false)
    {
        var data = new CardAction(form.ActionId, form.Payload).Write();
        if (isLook) data[Look] = true;
        data[From] = context.Write();
        data[Fields] = new JsonArray([.. form.Fields.Select(field => JsonValue.Create(field.Id))]);
        return data;
    }

    /// <param name="data">The <c>value.data</c> of a <c>task/submit</c>.</param>
    /// <exception cref="JsonException">It is not one of this program's.</exception>
    public static SubmittedDialog Read(JsonElement data)
    {
        var action = CardAction.Read(data);
        if (!data.TryGetProperty(From, out var from)) throw new JsonException("The data does not say where the dialog was opened.");
        if (!data.TryGetProperty(Fields, out var fields) || fields.ValueKind != JsonValueKind.Array) throw new JsonException("The data names no fields.");
        var values = new Dictionary<string, string>();
        foreach (var field in fields.EnumerateArray())
        {
            var id = TeamsJson.Text(field, "A field's id");
            values[id] = data.TryGetProperty(InputPrefix + id, out var value) ? ValueOf(value) : "";
        }
        var isLook = data.TryGetProperty(Look, out var look) && look.ValueKind == JsonValueKind.True;
        return new SubmittedDialog(action.ActionId, action.Payload, DialogContext.Read(from), values, isLook);
    }

    static string ValueOf(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.Null => "",
            _ => TeamsJson.Text(value, "A field's value"),
        };
        return text.Length <= TeamsLimits.Submitted ? text : throw new JsonException($"A field's value has {text.Length} characters, and {TeamsLimits.Submitted} at most.");
    }
}
