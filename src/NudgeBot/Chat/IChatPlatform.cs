using NodaTime;
using NudgeBot.People;

namespace NudgeBot.Chat;

/// <summary>Where messages leave the program: Slack, Teams, the playground, the recorder.</summary>
public interface IChatPlatform
{
    /// <summary>The word of <c>workspaces.platform</c>.</summary>
    string Name { get; }

    /// <summary>Sends one message. What went wrong is a result; only a cancelled token throws.</summary>
    Task<SendResult> SendAsync(Outgoing outgoing, CancellationToken cancellation);

    /// <summary>Messages that it sends within a lease, whatever its limits.</summary>
    int BatchSize => Nudging.Dispatcher.BatchSize;

    /// <summary>Messages a second and workspace that may go out when nobody waits for them; null: as many as there are.</summary>
    double? PerSecond => null;

    /// <summary>Whether it knows afterwards what was sent. Where it does not, a message that may have been sent is unknown for good.</summary>
    bool CanBeAsked => false;

    /// <summary>What became of a message, asked when no answer can be under way any more. What went wrong is a result.</summary>
    Task<AskResult> AskAsync(Question question, CancellationToken cancellation) => Task.FromResult<AskResult>(new AskResult.CannotTell());

    /// <summary>What can be done before anything is due, within the platform's limits, so that sending is quick: called again and again.</summary>
    /// <param name="profiles">Takes what the platform knows of people.</param>
    Task PrepareAsync(int organizationId, Profiles profiles, CancellationToken cancellation) => Task.CompletedTask;
}

/// <param name="NudgeId">The nudge's own id, which a platform may attach to the message to find it again.</param>
/// <param name="Recipient">The account's id, or the channel's, in the platform's words.</param>
/// <param name="Conversation">Where the person is reached, once the platform has told; null before.</param>
/// <param name="Locale">The message's, for what a platform has to say itself: that something was left out.</param>
public sealed record Outgoing(Workspace Workspace, string NudgeId, string Recipient, string? Conversation, Message Message, string Locale)
{
    /// <summary>The message in a channel to which this one belongs, for platforms that show it below; null: it stands alone.</summary>
    public string? Below { get; init; }
}

/// <summary>A workspace, and the organization that it belongs to.</summary>
public sealed record Workspace(int OrganizationId, int Id);

/// <summary>The closed set of what may become of a message.</summary>
public abstract record SendResult
{
    SendResult() { }

    public sealed record Taken(string MessageId) : SendResult;

    public sealed record Refused(Nudging.FailReason Reason) : SendResult;

    /// <summary>Not taken, and the whole workspace must wait, unless it is only this one conversation that is full.</summary>
    public sealed record Throttled(Duration For, bool IsOfConversation = false) : SendResult;

    /// <summary>It may have been taken or not.</summary>
    public sealed record NoAnswer : SendResult;

    public T Match<T>(Func<Taken, T> taken, Func<Refused, T> refused, Func<Throttled, T> throttled, Func<NoAnswer, T> noAnswer) => this switch
    {
        Taken r => taken(r),
        Refused r => refused(r),
        Throttled r => throttled(r),
        NoAnswer r => noAnswer(r),
        _ => throw new InvalidOperationException($"{GetType().Name} is not handled."),
    };
}
