using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Limits;

namespace NudgeBot.Teams.Connector;

/// <summary>Calls Teams within the tenant's and the conversation's limits.</summary>
sealed class TeamsCalls
{
    /// <summary>A personal chat with somebody; the same one each time. The body's <c>id</c> names it.</summary>
    /// <param name="user">The id of the person in the tenant's directory.</param>
    public Task<TeamsAnswer> CreateConversationAsync(Workspace workspace, Uri serviceUrl, string user, Urgency urgency, CancellationToken cancellation) =>
        throw new NotSupportedException("Not written yet.");

    /// <summary>The body's <c>id</c> is the message's.</summary>
    /// <param name="replyTo">The message below which it stands; null: none.</param>
    public Task<TeamsAnswer> SendAsync(
        Workspace workspace, ConversationReference where, JsonObject activity, Urgency urgency, CancellationToken cancellation, string? replyTo = null) =>
        throw new NotSupportedException("Not written yet.");

    public Task<TeamsAnswer> UpdateAsync(Workspace workspace, ConversationReference where, string message, JsonObject activity, CancellationToken cancellation) =>
        throw new NotSupportedException("Not written yet.");

    /// <summary>Who somebody in a conversation is: name, e-mail, directory id.</summary>
    public Task<TeamsAnswer> MemberAsync(Workspace workspace, ConversationReference where, string member, CancellationToken cancellation) =>
        throw new NotSupportedException("Not written yet.");
}
