using System.Text.Json.Nodes;

namespace NudgeBot.Slack.Rendering;

/// <summary>The hidden mark of a message by which it is found again in a channel's history.</summary>
static class NudgeMetadata
{
    public const string EventType = "nudgebot_nudge";

    public static JsonObject Of(string nudgeId) => new() { ["event_type"] = EventType, ["event_payload"] = new JsonObject { ["nudge"] = nudgeId } };
}
