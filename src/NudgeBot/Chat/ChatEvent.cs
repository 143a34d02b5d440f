using NodaTime;

namespace NudgeBot.Chat;

/// <summary>Something that a person did in a chat, in no platform's words. Platform projects make these; conversations answer them.</summary>
public abstract record ChatEvent(Sender From, Instant At)
{
    /// <summary><c>/nudge ...</c>, or the same words typed to the bot.</summary>
    public sealed record Command(Sender From, Instant At, string Line) : ChatEvent(From, At)
    {
        public IReadOnlyList<Mention> Mentions { get; init; } = [];

        /// <summary>Null: none, or none that the line could have a use for.</summary>
        public AttachedFile? File { get; init; }
    }

    /// <summary>A button pressed or an option of a select chosen (<paramref name="Chosen"/>).</summary>
    public sealed record Pressed(Sender From, Instant At, string ActionId, string Payload, string? Chosen = null) : ChatEvent(From, At);

    public sealed record Submitted(Sender From, Instant At, string ActionId, string Payload, IReadOnlyDictionary<string, string> Values) : ChatEvent(From, At);

    /// <summary>
    /// A form as far as it is filled in, to be looked at: nothing changes. The reply opens the same form with what stands in it, and has errors beside it where
    /// something is wrong so far.
    /// </summary>
    public sealed record Drafted(Sender From, Instant At, string ActionId, string Payload, IReadOnlyDictionary<string, string> Values) : ChatEvent(From, At);

    /// <summary>Words typed to the bot; <paramref name="About"/> is the payload of the message they answer, where the platform knows it.</summary>
    public sealed record Typed(Sender From, Instant At, string Text, string? About = null) : ChatEvent(From, At)
    {
        public IReadOnlyList<Mention> Mentions { get; init; } = [];

        /// <inheritdoc cref="Command.File"/>
        public AttachedFile? File { get; init; }
    }

    public sealed record Installed(Sender From, Instant At) : ChatEvent(From, At);

    public T Match<T>(
        Func<Command, T> command, Func<Pressed, T> pressed, Func<Submitted, T> submitted, Func<Drafted, T> drafted, Func<Typed, T> typed,
        Func<Installed, T> installed) => this switch
        {
            Command e => command(e),
            Pressed e => pressed(e),
            Submitted e => submitted(e),
            Drafted e => drafted(e),
            Typed e => typed(e),
            Installed e => installed(e),
            _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
        };
}

/// <summary>Who did it: the person, and the account they did it from.</summary>
public sealed record Sender(int OrganizationId, long PersonId, long AccountId);
