using System.Text.Json.Nodes;
using NudgeBot.Chat;

namespace NudgeBot.Slack.Rendering;

/// <summary>The app's home: one message, with twice the room.</summary>
static class HomeView
{
    public static JsonObject Of(Message message, string locale) => new() { ["type"] = "home", ["blocks"] = BlockKit.Blocks(message, locale, BlockRoom.View) };
}
