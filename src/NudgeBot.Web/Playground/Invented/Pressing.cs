using NudgeBot.Chat;

namespace NudgeBot.Web.Playground.Invented;

/// <summary>Presses what is really there: a button or an option of a message in the chat.</summary>
static class Pressing
{
    /// <summary>The payload with which a message offers an action; null where it does not.</summary>
    public static string? PayloadOf(this Message message, string actionId) => message.Blocks.Select(block => block switch
    {
        Block.Buttons buttons => buttons.Items.FirstOrDefault(button => button.ActionId == actionId)?.Payload,
        Block.Select select when select.ActionId == actionId => select.Payload,
        _ => null,
    }).FirstOrDefault(payload => payload is not null);

    /// <param name="value">What is chosen from a select or written into the form's only field; null: whatever chance picks from the select.</param>
    public static async Task PressAsync(
        this Conversing conversing, long personId, PlaygroundMessage message, string actionId, string? value, CancellationToken cancellation)
    {
        if (message.Content.PayloadOf(actionId) is not { } payload) return;
        var select = message.Content.Blocks.OfType<Block.Select>().FirstOrDefault(select => select.ActionId == actionId);
        var chosen = select is null ? null : value ?? Chance.Pick(select.Options, payload, "option").Value;
        var open = await conversing.PressAsync(personId, message, actionId, payload, chosen, cancellation);
        if (open is not null && value is not null)
            await conversing.SubmitAsync(personId, open, new Dictionary<string, string> { [open.Form.Fields[0].Id] = value }, cancellation);
    }
}
