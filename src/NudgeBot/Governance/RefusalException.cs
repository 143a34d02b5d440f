using NudgeBot.Chat;

namespace NudgeBot.Governance;

/// <summary>What was asked is not done, and nothing was changed; the message says why not, and what to do.</summary>
/// <param name="symbol">The argument or option that it is about, for the field of a form; null: none in particular.</param>
public sealed class RefusalException(string message, string? symbol = null) : Exception(message)
{
    public string? Symbol => symbol;

    /// <summary>What to do about it, each at a press.</summary>
    public IReadOnlyList<Button> Offers { get; init; } = [];

    /// <summary>The answer to it where nothing was filled in that could be lost.</summary>
    public Message Told => Offers.Count == 0 ? Chat.Message.Say(Message) : Chat.Message.Of(new Block.Text(Message), new Block.Buttons(Offers));

    /// <summary>The asker may not: noted in the audit log.</summary>
    public bool IsForbidden { get; init; }
}
