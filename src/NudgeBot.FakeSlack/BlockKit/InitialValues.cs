using System.Text.Json.Nodes;

namespace NudgeBot.FakeSlack.BlockKit;

/// <summary>What a view's elements hold before anybody touches them, as <c>view.state.values</c> has it.</summary>
static class InitialValues
{
    public static JsonObject Of(JsonArray blocks)
    {
        var values = new JsonObject();
        foreach (var block in blocks.OfType<JsonObject>())
        {
            foreach (var element in BlockIds.Elements(block).Where(element => ElementKinds.HoldsValue((string?)element["type"])))
            {
                var id = (string)block["block_id"]!;
                values[id] ??= new JsonObject();
                values[id]![(string)element["action_id"]!] = ElementKinds.Initial(element);
            }
        }
        return values;
    }
}
