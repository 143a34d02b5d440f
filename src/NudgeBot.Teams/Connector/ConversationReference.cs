namespace NudgeBot.Teams.Connector;

/// <summary>
/// Where a conversation is: the service that it lives at, and its id there. The product keeps it as one text, in <c>accounts.conversation</c>,
/// <c>team_channels.external_id</c> and <c>workspaces.wins_channel</c>.
/// </summary>
/// <param name="ServiceUrl">As Teams wrote it; it may change, and the newest one counts.</param>
/// <param name="Id">Of a personal chat, a channel, or a message's thread in a channel (<c>...;messageid=...</c>).</param>
sealed record ConversationReference(Uri ServiceUrl, string Id)
{
    const string Thread = ";messageid=";

    /// <summary>The thread below a message of this channel.</summary>
    public ConversationReference Below(string message) => this with { Id = $"{WithoutThread(Id)}{Thread}{message}" };

    public static string WithoutThread(string id) => id.Split(Thread, 2)[0];

    /// <summary>The message that a thread began with; null where the id names none.</summary>
    public static string? ThreadOf(string id) => id.Split(Thread, 2) is [_, var message] ? message : null;

    public override string ToString() => $"{ServiceUrl.OriginalString} {Id}";

    /// <returns>Null for a text that is none, e.g. an id without a service.</returns>
    public static ConversationReference? Parse(string? text) =>
        text?.Split(' ', 2) is [var service, { Length: > 0 } id] && Uri.TryCreate(service, UriKind.Absolute, out var url) ? new ConversationReference(url, id) : null;
}
