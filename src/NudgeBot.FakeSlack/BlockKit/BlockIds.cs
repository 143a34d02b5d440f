using System.Text.Json.Nodes;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.BlockKit;

/// <summary>Slack names every block and every element that can be used, and says of texts how they are read.</summary>
static class BlockIds
{
    static readonly HashSet<string> Passive = ["image", "mrkdwn", "plain_text", "rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"];

    public static void Add(JsonArray blocks)
    {
        foreach (var block in blocks.OfType<JsonObject>())
        {
            block["block_id"] ??= Ids.Secret(3);
            foreach (var element in Elements(block)) element["action_id"] ??= Ids.Secret(3);
            Complete(block);
        }
    }

    /// <summary>What a person can press, choose or fill in.</summary>
    public static IEnumerable<JsonObject> Elements(JsonObject block)
    {
        var inside = (block["elements"] as JsonArray ?? []).Append(block["accessory"]).Append(block["element"]);
        return (string?)block["type"] is "rich_text" or "context" ? [] : inside.OfType<JsonObject>().Where(element => !Passive.Contains((string?)element["type"] ?? ""));
    }

    static void Complete(JsonNode? node)
    {
        if (node is JsonArray several)
        {
            foreach (var one in several) Complete(one);
        }
        else if (node is JsonObject thing)
        {
            if ((string?)(thing["type"] as JsonValue) == "plain_text") thing["emoji"] ??= true;
            if ((string?)(thing["type"] as JsonValue) == "mrkdwn") thing["verbatim"] ??= false;
            foreach (var inner in thing.Select(field => field.Value).ToList()) Complete(inner);
        }
    }
}
