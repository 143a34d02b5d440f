using System.Text.Json.Nodes;

namespace NudgeBot.Slack.Rendering;

/// <summary>How much a message or a view may hold.</summary>
/// <param name="Text">Of all its texts together, with an overhead for each block.</param>
/// <param name="Json">Of the blocks as they are sent, with what cannot be seen.</param>
sealed record BlockRoom(int Blocks, int Text, int Json)
{
    public static readonly BlockRoom Message = new(SlackLimits.MessageBlocks, SlackLimits.MessageText, SlackLimits.Json);
    public static readonly BlockRoom View = new(SlackLimits.ViewBlocks, Text: int.MaxValue, SlackLimits.Json);

    /// <summary>
    /// All, if they fit. Else as many as fit, in their order, with a last line that says so; what can be pressed goes before what can be read,
    /// so that a message that is too long can still be answered.
    /// </summary>
    public IEnumerable<JsonObject> Fit(IReadOnlyList<JsonObject> blocks, JsonObject saysCut)
    {
        if (blocks.All(new Filling(this).Takes)) return blocks;

        var room = new Filling(this);
        room.Takes(saysCut);
        var kept = blocks.Where(IsPressable).Where(room.Takes).ToHashSet();
        // Nothing after the first one that does not fit: a text with a hole in it says something else.
        kept.UnionWith(blocks.Where(block => !IsPressable(block)).TakeWhile(room.Takes));
        return blocks.Where(kept.Contains).Append(saysCut);
    }

    /// <summary>
    /// As many as each page holds, in their order; the last page that may be holds what fits of the rest. No page begins with what can be pressed if that can be
    /// avoided: it belongs to what stands above it.
    /// </summary>
    public IEnumerable<IEnumerable<JsonObject>> Pages(IReadOnlyList<JsonObject> blocks, int most, JsonObject saysCut)
    {
        for (var page = 1; page < most && blocks.Count > 0; page++)
        {
            var full = blocks.TakeWhile(new Filling(this).Takes).Count();
            var before = full;
            while (before > 0 && before < blocks.Count && IsPressable(blocks[before])) before--;
            if (before > 0) full = before;
            yield return blocks.Take(full);
            blocks = [.. blocks.Skip(full)];
        }
        if (blocks.Count > 0) yield return Fit(blocks, saysCut);
    }

    /// <summary>A room that is being filled.</summary>
    sealed class Filling(BlockRoom room)
    {
        int count = room.Blocks;
        int text = room.Text;
        int json = room.Json;

        public bool Takes(JsonObject block)
        {
            if (count == 0 || Cost(block) > text || Length(block) > json) return false;
            count--;
            text -= Cost(block);
            json -= Length(block);
            return true;
        }
    }

    static bool IsPressable(JsonObject block) => (string?)block["type"] == "actions";

    public static int Cost(JsonObject block) => SlackLimits.BlockOverhead + TextOf(block);

    static int Length(JsonObject block) => block.ToJsonString().Length;

    static int TextOf(JsonNode? node) => node switch
    {
        JsonObject json => json.Sum(property => property is { Key: "text", Value: JsonValue text } ? text.GetValue<string>().Length : TextOf(property.Value)),
        JsonArray array => array.Sum(TextOf),
        _ => 0,
    };
}
