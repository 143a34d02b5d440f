using NodaTime;
using NudgeBot.Chat;

namespace NudgeBot.Inbox;

/// <summary>Something that a platform delivered and that is still to be worked off.</summary>
/// <param name="Platform">The word of <c>workspaces.platform</c>.</param>
/// <param name="Key">The platform's own id of it, or a hash: a second delivery has the same.</param>
/// <param name="Sender">Who did it, in the platform's words: things of one sender keep their order.</param>
/// <param name="ReceivedAt">In product time, however late it is worked off.</param>
public sealed record InboxEntry(string Platform, string Key, Workspace Workspace, string Sender, Instant ReceivedAt, string Payload)
{
    /// <summary>What is still to be shown of something that was handled; null: it was not.</summary>
    public Reply? Reply { get; init; }

    /// <summary>How often it has been begun, this time included.</summary>
    public int Attempt { get; init; } = 1;
}
