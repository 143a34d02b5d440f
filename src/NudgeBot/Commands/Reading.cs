using NudgeBot.Chat;

namespace NudgeBot.Commands;

/// <summary>The closed set of what a line was read as.</summary>
public abstract record Reading
{
    Reading() { }

    /// <param name="Needs">Who may ask this. Others got <see cref="Forbidden"/> already; whose campaign it is remains to be asked.</param>
    /// <param name="Organization">As named in the terminal; null: the only one, or the asker's.</param>
    public sealed record Parsed(CommandRequest Request, Needs Needs, string? Organization = null) : Reading;

    /// <summary>The command has a form, and what it needs is not all there: the form asks for it.</summary>
    public sealed record Unfilled(Blank Blank, Needs Needs) : Reading;

    /// <param name="Symbol">The argument or option that is wrong; null where it is not one of them.</param>
    public sealed record Rejected(Message Message, string? Symbol = null) : Reading;

    /// <summary>The command is for others.</summary>
    /// <param name="Command">Without the program's name.</param>
    public sealed record Forbidden(Message Message, string Command) : Reading;

    public sealed record Help(Message Message) : Reading;

    public T Match<T>(
        Func<Parsed, T> parsed, Func<Unfilled, T> unfilled, Func<Rejected, T> rejected, Func<Forbidden, T> forbidden, Func<Help, T> help) => this switch
        {
            Parsed r => parsed(r),
            Unfilled r => unfilled(r),
            Rejected r => rejected(r),
            Forbidden r => forbidden(r),
            Help r => help(r),
            _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
        };
}
