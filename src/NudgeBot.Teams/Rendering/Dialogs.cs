using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Conversations;

namespace NudgeBot.Teams.Rendering;

/// <summary>The answers to <c>task/fetch</c> and <c>task/submit</c>: a form as a dialog, again with its errors, or its end.</summary>
static class Dialogs
{
    /// <param name="context">Where the form was opened from.</param>
    /// <param name="locale">Of what the dialog has to say itself.</param>
    /// <param name="values">What was filled in before, by field id; null where nothing was.</param>
    /// <param name="errors">By field id. Teams has no way to say what the server thinks of a field: they stand below it.</param>
    public static JsonObject Task(
        Form form, DialogContext context, string locale,
        IReadOnlyDictionary<string, string>? values = null, IReadOnlyDictionary<string, string>? errors = null)
    {
        var card = AdaptiveCards.Card(locale);
        var body = card["body"]!.AsArray();
        // Of a field that is not there: said all the same.
        foreach (var (_, error) in errors?.Where(error => !form.Fields.Any(field => field.Id == error.Key)) ?? []) body.Add(Error(error));
        foreach (var field in form.Fields)
        {
            if (DialogInput.Of(field, values?.GetValueOrDefault(field.Id), locale) is { } input) body.Add(input);
            if (errors?.GetValueOrDefault(field.Id) is { } error) body.Add(Error(error));
            foreach (var hint in RichText.Of(field.Hint ?? "", TextLook.Subtle))
            {
                hint["spacing"] = "Small";
                body.Add(hint);
            }
        }
        var submit = CardButtons.Submit(form.Submit, SubmittedDialog.Data(form, context), reads: true);
        submit["style"] = "positive";
        card["actions"] = new JsonArray(submit);
        return Answer("continue", new JsonObject
        {
            ["title"] = CardTitle.Of(form.Title),
            ["height"] = HeightOf(form),
            ["width"] = "medium",
            ["card"] = AdaptiveCards.Attachment(card),
        });
    }

    /// <summary>The dialog shows this, and nothing to fill in any more.</summary>
    public static JsonObject Close(string words) => Answer("message", words);

    static JsonObject Answer(string type, JsonNode value) => new() { ["task"] = new JsonObject { ["type"] = type, ["value"] = value } };

    static JsonObject Error(string words)
    {
        var error = RichText.Words(SafeText.Clean(words), TextLook.Error);
        error["spacing"] = "Small";
        return error;
    }

    /// <summary>In pixels, about what the fields take: Teams scrolls where it is too little.</summary>
    static int HeightOf(Form form) => Math.Min(640, 130 + form.Fields.Sum(field => (field is Field.Line { Multiline: true } ? 120 : 80) + (field.Hint is null ? 0 : 50)));
}
