using System.Text.Json.Nodes;
using NudgeBot.Chat;

namespace NudgeBot.Teams.Rendering;

/// <summary>The answers to <c>task/fetch</c> and <c>task/submit</c>: a form as a dialog, again with its errors, or its end.</summary>
static class Dialogs
{
    /// <param name="context">Where the form was opened from.</param>
    /// <param name="locale">Of what the dialog has to say itself.</param>
    /// <inheritdoc cref="FormCard.Of" path="/param"/>
    public static JsonObject Task(
        Form form, DialogContext context, string locale,
        IReadOnlyDictionary<string, string>? values = null, IReadOnlyDictionary<string, string>? errors = null)
    {
        var send = CardButtons.Submit(form.Submit, SubmittedDialog.Data(form, context), reads: true);
        var look = form.Look is null ? null : CardButtons.Submit(form.Look.Label, SubmittedDialog.Data(form, context, isLook: true), reads: true);
        var card = FormCard.Of(form, send, look, locale, values, errors);
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

    /// <summary>In pixels, about what the fields take: Teams scrolls where it is too little.</summary>
    static int HeightOf(Form form) => Math.Min(640, 130 + (form.Look is null ? 0 : 110) + form.Fields.Sum(field => (field is Field.Line { Multiline: true } ? 120 : 80) + (field.Hint is null ? 0 : 50)));
}
