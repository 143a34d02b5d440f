using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Slack.Rendering;

namespace NudgeBot.Slack.Tests.Rendering;

/// <summary>What goes to Slack.</summary>
static class Payloads
{
    public static JsonObject Of(Message message, string locale)
    {
        var rendered = BlockKit.Message(message, locale);
        SlackRules.Broken(rendered.Blocks, most: 50).ShouldBeEmpty();
        return new JsonObject { ["text"] = rendered.Text, ["blocks"] = rendered.Blocks };
    }

    public static JsonObject Of(Form form, IReadOnlyDictionary<string, string>? errors = null)
    {
        var view = Modals.View(form, new FormContext(form.ActionId, form.Payload, "D024BE91L", "1773046800.000100"), errors);
        SlackRules.Broken(view["blocks"]!.AsArray(), most: 100).ShouldBeEmpty();
        return view;
    }

    /// <summary>A reply's parts; errors are the answer to a form.</summary>
    public static JsonObject Of(ReplyPart part, string locale) => part.Match(
        say => Of(say.Message, locale), whisper => Of(whisper.Message, locale), update => Of(update.Message, locale), open => Of(open.Form), errors => FieldErrors.Of(errors.ByField));
}
