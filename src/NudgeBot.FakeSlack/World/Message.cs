using System.Text.Json.Nodes;
using NodaTime;

namespace NudgeBot.FakeSlack.World;

public sealed class Message
{
    public required string Ts { get; init; }

    /// <summary>What the page shows as its time.</summary>
    public required Instant At { get; init; }
    public required string ChannelId { get; init; }
    public required string UserId { get; init; }

    /// <summary>Set on what an app posted.</summary>
    public string? BotId { get; init; }
    public string? ThreadTs { get; set; }
    public bool Broadcast { get; init; }

    /// <summary>As Slack keeps it: <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> escaped.</summary>
    public string Text { get; set; } = "";
    public JsonArray? Blocks { get; set; }
    public JsonArray? Attachments { get; set; }
    public JsonArray? Files { get; init; }
    public JsonObject? Metadata { get; set; }

    /// <summary>Only this user sees it, and it is in no history.</summary>
    public string? EphemeralFor { get; init; }

    /// <summary>When it was last edited, as a <c>ts</c>.</summary>
    public string? Edited { get; set; }

    public bool IsSeenBy(User user) => EphemeralFor is null || EphemeralFor == user.Id;
}
