using System.Text.Json.Nodes;
using NudgeBot.FakeSlack.WebApi;
using NudgeBot.FakeSlack.WebApi.Methods;

namespace NudgeBot.FakeSlack.BlockKit;

/// <summary>What a message says, checked; its blocks have the ids that Slack adds where the app gave none.</summary>
sealed record Content(string Text, JsonArray? Blocks, JsonArray? Attachments, JsonObject? Metadata)
{
    /// <exception cref="SlackRefusal"/>
    public static Content Read(Arguments arguments)
    {
        var text = arguments.Text("text") ?? "";
        var blocks = arguments.Structure("blocks", "invalid_blocks_format");
        var attachments = arguments.Structure("attachments", "invalid_attachments") as JsonArray;
        if (blocks is not null and not JsonArray) throw new SlackRefusal("invalid_blocks_format");
        if (text.Length == 0 && blocks is not JsonArray { Count: > 0 } && attachments is not { Count: > 0 }) throw new SlackRefusal("no_text");
        if (text.Length > Chat.LongestText) throw new SlackRefusal("msg_too_long");
        if (BlockRules.Check(blocks as JsonArray ?? [], Surface.Message) is { Count: > 0 } wrong) throw SlackRefusal.Blocks(wrong);
        if (blocks is JsonArray good) BlockIds.Add(good);
        return new Content(text, blocks is JsonArray { Count: > 0 } some ? some : null, attachments, Meta(arguments.Structure("metadata", "invalid_metadata_format")));
    }

    static JsonObject? Meta(JsonNode? metadata) => metadata switch
    {
        null => null,
        JsonObject { Count: 0 } none => none,
        JsonObject known when known["event_type"] is JsonValue && known["event_payload"] is JsonObject => known,
        _ => throw new SlackRefusal("invalid_metadata_format"),
    };
}
