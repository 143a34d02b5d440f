using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Conversations;

namespace NudgeBot.Teams.Rendering;

/// <summary>A form as a card: what a dialog shows, or, for a client that has none, a message in the chat.</summary>
static class FormCard
{
    /// <param name="send">The action that sends it.</param>
    /// <param name="look">The action that asks how it looks so far; null where the form is only sent.</param>
    /// <param name="values">What was filled in before, by field id; null where nothing was.</param>
    /// <param name="errors">By field id. Teams has no way to say what the server thinks of a field: they stand below it.</param>
    public static JsonObject Of(
        Form form, JsonObject send, JsonObject? look, string locale, IReadOnlyDictionary<string, string>? values = null, IReadOnlyDictionary<string, string>? errors = null)
    {
        var card = AdaptiveCards.Card(locale);
        var body = card["body"]!.AsArray();
        // Of a field that is not there: said all the same.
        foreach (var (_, error) in errors?.Where(error => !form.Fields.Any(field => field.Id == error.Key)) ?? []) body.Add(Error(error));
        foreach (var field in form.Fields)
        {
            if (DialogInput.Of(field, values?.GetValueOrDefault(field.Id), locale, isChecked: look is null) is { } input) body.Add(input);
            if (errors?.GetValueOrDefault(field.Id) is { } error) body.Add(Error(error));
            foreach (var hint in RichText.Of(field.Hint ?? "", TextLook.Subtle))
            {
                hint["spacing"] = "Small";
                body.Add(hint);
            }
            if (look is not null && form.Look is { } said && said.Below == field.Id) body.Add(Said(said, look));
        }
        send["style"] = "positive";
        card["actions"] = new JsonArray(send);
        return card;
    }

    /// <summary>In the chat. The answer to it stands in its place: the errors, or what is said to it.</summary>
    public static TeamsMessage InChat(
        Form form, DialogContext context, string locale, IReadOnlyDictionary<string, string>? values = null, IReadOnlyDictionary<string, string>? errors = null)
    {
        var send = CardButtons.Execute(form.Submit, SubmittedDialog.Data(form, context), reads: true);
        // What a client that knows no Action.Execute sends instead would be the press of a button.
        send.Remove("fallback");
        var look = form.Look is null ? null : CardButtons.Execute(form.Look.Label, SubmittedDialog.Data(form, context, isLook: true), reads: true);
        look?.Remove("fallback");
        var card = Of(form, send, look, locale, values, errors);
        card["body"]!.AsArray().Insert(0, RichText.Words(form.Title, TextLook.Strong));
        card["speak"] = form.Title;
        return new TeamsMessage(card, form.Title);
    }

    /// <summary>How it looks so far, and the button that asks anew. A client would keep that back too where a required field is empty: see <see cref="DialogInput"/>.</summary>
    static JsonObject Said(Look said, JsonObject look)
    {
        var box = RichText.Boxed([.. RichText.Of(said.Said), new JsonObject { ["type"] = "ActionSet", ["actions"] = new JsonArray(look) }]);
        box["spacing"] = "Medium";
        return box;
    }

    static JsonObject Error(string words)
    {
        var error = RichText.Words(SafeText.Clean(words), TextLook.Error);
        error["spacing"] = "Small";
        return error;
    }
}
