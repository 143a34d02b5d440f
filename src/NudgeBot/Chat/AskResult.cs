using NodaTime;

namespace NudgeBot.Chat;

/// <summary>A message that may have been sent.</summary>
/// <param name="NudgeId">What it was called when it was sent.</param>
/// <param name="Since">Not before this it was sent, by the clock of the world.</param>
public sealed record Question(Workspace Workspace, string NudgeId, string Recipient, string? Conversation, Instant Since);

/// <summary>The closed set of what a platform knows of a message that may have been sent.</summary>
public abstract record AskResult
{
    AskResult() { }

    public sealed record Found(string MessageId) : AskResult;

    /// <summary>It was not taken, and will not be.</summary>
    public sealed record NotThere : AskResult;

    /// <summary>It cannot be said now, and may be asked again after that time.</summary>
    public sealed record Later(Duration For) : AskResult;

    public sealed record CannotTell : AskResult;

    public T Match<T>(Func<Found, T> found, Func<NotThere, T> notThere, Func<Later, T> later, Func<CannotTell, T> cannotTell) => this switch
    {
        Found r => found(r),
        NotThere r => notThere(r),
        Later r => later(r),
        CannotTell r => cannotTell(r),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };
}
