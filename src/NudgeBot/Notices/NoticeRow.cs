using System.Text.Json;
using NodaTime;
using NudgeBot.Chat;

namespace NudgeBot.Notices;

/// <summary>A notice that is claimed, and what decides about it.</summary>
sealed record NoticeRow
{
    public long Id { get; init; }
    public string Kind { get; init; } = "";
    public string Message { get; init; } = "";
    public Instant At { get; init; }
    public string? Reason { get; init; }
    public bool AllPaused { get; init; }
    public bool HasLeft { get; init; }
    public string TimeZone { get; init; } = "";
    public string? Country { get; init; }
    public string Locale { get; init; } = "";
    /// <summary>Null, with all of the account's: the person has none.</summary>
    public int? WorkspaceId { get; init; }
    public bool WorkspacePaused { get; init; }
    public Instant? SendNotBefore { get; init; }
    public string? Platform { get; init; }
    public string? ExternalId { get; init; }
    public string? Conversation { get; init; }

    public bool IsAlert => Kind == Words.Of(NoticeKind.Alert);

    /// <param name="name">What the platform calls the message.</param>
    public Outgoing To(Workspace workspace, string name) =>
        new(workspace, name, ExternalId!, Conversation, JsonSerializer.Deserialize<Message>(Message)!, Locale);
}
