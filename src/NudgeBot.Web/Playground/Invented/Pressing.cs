using NudgeBot.Chat;

namespace NudgeBot.Web.Playground.Invented;

/// <summary>What is really there to be pressed: a button or a select of a message in the chat.</summary>
static class Pressing
{
    /// <summary>The payload with which a message offers an action; null where it does not.</summary>
    public static string? PayloadOf(this Message message, string actionId) => message.Blocks.Select(block => block switch
    {
        Block.Buttons buttons => buttons.Items.FirstOrDefault(button => button.ActionId == actionId)?.Payload,
        Block.Select select when select.ActionId == actionId => select.Payload,
        _ => null,
    }).FirstOrDefault(payload => payload is not null);
}
