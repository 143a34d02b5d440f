using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Teams.Rendering;

namespace NudgeBot.Teams.Tests.Rendering;

/// <summary>What goes to Teams.</summary>
static class Payloads
{
    static readonly DialogContext Context = new("a:1pL6i0oY3C0K8oAj8", "1773046800000");

    public static JsonObject Of(Message message, string locale)
    {
        var rendered = AdaptiveCards.Message(message, locale);
        CardRules.Broken(rendered.Attachment).ShouldBeEmpty();
        return new JsonObject { ["summary"] = rendered.Summary, ["card"] = rendered.Card };
    }

    /// <summary>A conversation's parts in their order: errors are those of the dialog that was opened last.</summary>
    public static IEnumerable<(string Name, JsonObject Payload)> Of(IEnumerable<(string Name, ReplyPart Part)> heard, string locale)
    {
        Form? form = null;
        foreach (var (name, part) in heard)
        {
            form = (part as ReplyPart.Open)?.Form ?? form;
            yield return (name, part.Match(
                say => Of(say.Message, locale), whisper => Of(whisper.Message, locale), update => Of(update.Message, locale),
                open => Dialog(open.Form, locale), errors => Dialog(form!, locale, errors.ByField)));
        }
    }

    public static JsonObject Dialog(Form form, string locale, IReadOnlyDictionary<string, string>? errors = null)
    {
        var response = Dialogs.Task(form, Context, locale, values: null, errors);
        CardRules.Broken(response["task"]!["value"]!["card"]!.AsObject()).ShouldBeEmpty();
        return response;
    }
}
