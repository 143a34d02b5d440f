using System.Text.Json.Nodes;

namespace NudgeBot.FakeSlack.World;

/// <summary>A modal or a Home tab.</summary>
public sealed class View
{
    public required string Id { get; init; }
    public required string TeamId { get; init; }
    public required string UserId { get; init; }
    public required string RootId { get; init; }
    public string? PreviousId { get; init; }

    /// <summary>Changes with every update.</summary>
    public required string Hash { get; set; }

    /// <summary>As the app sent it, with the ids that Slack adds to blocks and elements.</summary>
    public required JsonObject Sent { get; set; }

    /// <summary>What is filled in: by block id, then by action id.</summary>
    public JsonObject Values { get; set; } = [];

    /// <summary>By block id, as the app answered the last submission.</summary>
    public JsonObject? Errors { get; set; }

    public string Kind => (string?)Sent["type"] ?? "";
    public string ExternalId => (string?)Sent["external_id"] ?? "";
    public JsonArray Blocks => Sent["blocks"] as JsonArray ?? [];
}
