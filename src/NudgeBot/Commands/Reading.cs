using NudgeBot.Chat;

namespace NudgeBot.Commands;

/// <summary>The closed set of what a line was read as.</summary>
public abstract record Reading
{
    Reading() { }

    /// <param name="Needs">Who may ask this. Others got <see cref="Rejected"/> already; whose campaign it is remains to be asked.</param>
    /// <param name="Organization">As named in the terminal; null: the only one, or the asker's.</param>
    public sealed record Parsed(CommandRequest Request, Needs Needs, string? Organization = null) : Reading;

    public sealed record Rejected(Message Message) : Reading;

    public sealed record Help(Message Message) : Reading;

    public T Match<T>(Func<Parsed, T> parsed, Func<Rejected, T> rejected, Func<Help, T> help) => this switch
    {
        Parsed r => parsed(r),
        Rejected r => rejected(r),
        Help r => help(r),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };
}
