using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Conversations;

namespace NudgeBot.Teams.Rendering;

/// <summary>A choice: as many buttons as Teams shows beside each other, else a list and a button that sends it. A list alone answers nothing.</summary>
static class SelectBox
{
    public static JsonObject? Of(Block.Select select, string locale, int number)
    {
        // Two options of one value could not be told apart, and an empty one means nothing.
        var options = select.Options.Where(option => option.Value.Length > 0).DistinctBy(option => option.Value).ToList();
        if (options.Count == 0) return null;
        var items = options.Count <= TeamsLimits.Actions ? Buttons(select, options) : List(select, options, locale, $"select-{number}");
        return new JsonObject { ["type"] = "Container", ["items"] = new JsonArray([.. items]) };
    }

    static JsonObject[] Buttons(Block.Select select, List<Option> options) =>
    [
        RichText.Words(CardTitle.Of(select.Placeholder), TextLook.Strong),
        .. ActionRows.Of(options.Select(option => CardButtons.Execute(option.Label, new CardAction(select.ActionId, select.Payload, option.Value).Write()))),
    ];

    static JsonObject[] List(Block.Select select, List<Option> options, string locale, string id)
    {
        var input = ChoiceList.Of(id, select.Placeholder, options);
        input["isRequired"] = true;
        input["errorMessage"] = Phrases.Say(locale, "field-empty");
        var data = new CardAction(select.ActionId, select.Payload).Write(list: id);
        return [input, ActionRows.Single(CardButtons.Execute(Phrases.Say(locale, "send"), data, reads: true))];
    }
}
