using System.Text;
using System.Text.Json.Nodes;
using NudgeBot.FakeSlack.WebApi;

namespace NudgeBot.FakeSlack.BlockKit;

/// <summary>The limits of modals and Home tabs.</summary>
static class ViewRules
{
    const int LargestBytes = 250 * 1024;

    /// <exception cref="SlackRefusal"/>
    public static void Check(JsonObject view, string kind)
    {
        if (Encoding.UTF8.GetByteCount(view.ToJsonString()) > LargestBytes) throw new SlackRefusal("view_too_large");
        List<string> wrong = [];
        var type = Text(view["type"]);
        if (type != kind) wrong.Add(type is null ? "missing required field: type [json-pointer:/view]" : $"expected {kind} type [json-pointer:/view/type]");
        if (view["blocks"] is not JsonArray blocks) wrong.Add("missing required field: blocks [json-pointer:/view]");
        else wrong.AddRange(BlockRules.Check(blocks, kind == "modal" ? Surface.Modal : Surface.Home, "/view/blocks"));
        if (kind == "modal")
        {
            if (view["title"] is null) wrong.Add("missing required field: title [json-pointer:/view]");
            foreach (var field in (string[])["title", "submit", "close"]) Limit(view[field]?["text"], 24, $"/view/{field}/text", wrong);
            if (view["submit"] is null && (view["blocks"] as JsonArray ?? []).Any(block => Text(block?["type"]) == "input"))
                wrong.Add("missing required field: submit [json-pointer:/view]");
        }
        Limit(view["callback_id"], 255, "/view/callback_id", wrong);
        Limit(view["external_id"], 255, "/view/external_id", wrong);
        Limit(view["private_metadata"], 3000, "/view/private_metadata", wrong);
        if (wrong.Count > 0) throw SlackRefusal.Arguments(wrong);
    }

    static void Limit(JsonNode? value, int longest, string at, List<string> wrong)
    {
        if (Text(value)?.Length > longest) wrong.Add($"must be less than {longest + 1} characters [json-pointer:{at}]");
    }

    static string? Text(JsonNode? node) => (node as JsonValue)?.ToString();
}
