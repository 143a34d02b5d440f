using NudgeBot.Web.Playground.Invented;

namespace NudgeBot.Web.Playground;

/// <summary>The chat of a demo, the playground's own or a Slack: what NudgeBot sent there unasked, and how invented people act in it.</summary>
interface IDemoChat
{
    /// <summary>Grows with every message that NudgeBot sends unasked.</summary>
    Task<long> LastSentAsync(CancellationToken cancellation);

    /// <summary>Who got such a message since, in the order of sending.</summary>
    Task<IReadOnlyList<MessagedPerson>> MessagedSinceAsync(long lastSent, CancellationToken cancellation);

    /// <summary>Which of these stand in the chat.</summary>
    Task<IReadOnlyList<Saying>> SaidAsync(IReadOnlyList<Saying> sayings);

    /// <summary>Writes to NudgeBot.</summary>
    Task SayAsync(ActingPerson person, string text, CancellationToken cancellation);

    /// <summary>Gives a command that opens a form, and sends the form with these values, as far as it has such fields.</summary>
    Task FillAsync(ActingPerson person, string command, IReadOnlyDictionary<string, string> values, CancellationToken cancellation);

    /// <summary>Presses what is really there, and does nothing where it is not.</summary>
    /// <param name="sentAs">What the message was called when it was sent; else it is the last one in the person's own chat whose button has this for a payload.</param>
    /// <param name="values">What is chosen from a select, or written into the fields of the form that opens; none: what chance picks from the select.</param>
    Task PressAsync(ActingPerson person, string sentAs, string actionId, IReadOnlyList<string> values, CancellationToken cancellation);
}
