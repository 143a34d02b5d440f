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
        if (blocks.Count <= Blocks && blocks.Sum(Cost) <= Text && blocks.Sum(Length) <= Json) return blocks;

        var (count, text, json) = (Blocks - 1, Text - Cost(saysCut), Json - Length(saysCut));
        var kept = blocks.Where(IsPressable).Where(Fits).ToHashSet();
        // Nothing after the first one that does not fit: a text with a hole in it says something else.
        kept.UnionWith(blocks.Where(block => !IsPressable(block)).TakeWhile(Fits));
        return blocks.Where(kept.Contains).Append(saysCut);

        bool Fits(JsonObject block)
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
