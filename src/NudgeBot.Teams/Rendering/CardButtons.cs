using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Conversations;

namespace NudgeBot.Teams.Rendering;

/// <summary>Buttons in rows, none of which is longer than Teams shows.</summary>
static class CardButtons
{
    public static IEnumerable<JsonObject> Of(IEnumerable<Button> buttons) => Below(Sets(buttons.Select(Button)));

    public static IEnumerable<JsonObject> Of(Block.Select select, IEnumerable<Option> options) =>
        Below(Sets(options.Select(option => Execute(option.Label, new CardAction(select.ActionId, select.Payload, option.Value).Write()))));

    /// <summary>Rows of one group stand close.</summary>
    static IEnumerable<JsonObject> Below(IEnumerable<JsonObject> rows) => rows.Select((row, number) =>
    {
        if (number > 0) row["spacing"] = "Small";
        return row;
    });

    /// <summary>
    /// Some clients cut off what does not fit beside each other instead of beginning a new row, so every row is a set: as few as can be, and of
    /// about as many buttons each.
    /// </summary>
    static IEnumerable<JsonObject> Sets(IEnumerable<JsonObject> actions)
    {
        var rows = Rows(actions.ToList(), TeamsLimits.Actions);
        if (rows.Count < 2) return rows.Select(row => Set([.. row]));
        var balanced = Rows([.. rows.SelectMany(row => row)], most: (rows.Sum(row => row.Count) + rows.Count - 1) / rows.Count);
        return (balanced.Count > rows.Count ? rows : balanced).Select(row => Set([.. row]));
    }

    static List<List<JsonObject>> Rows(List<JsonObject> actions, int most)
    {
        var rows = new List<List<JsonObject>>();
        var width = 0;
        foreach (var action in actions)
        {
            var own = TeamsLimits.WidthOf((string)action["title"]!);
            if (rows.Count == 0 || rows[^1].Count == most || width + own > TeamsLimits.RowWidth)
            {
                rows.Add([]);
                width = 0;
            }
            rows[^1].Add(action);
            width += own;
        }
        return rows;
    }

    public static JsonObject Set(params JsonObject[] actions) => new() { ["type"] = "ActionSet", ["actions"] = new JsonArray([.. actions]) };

    static JsonObject Button(Button button)
    {
        var data = CardAction.Of(button).Write();
        var json = FormOpeners.IsButton(button.ActionId, button.Payload) ? OpenDialog(button.Label, data) : Execute(button.Label, data);
        // Clients that do not know the styles show the button without.
        if (button.Style != ButtonStyle.Plain) json["style"] = button.Style == ButtonStyle.Primary ? "positive" : "destructive";
        return json;
    }

    /// <summary>The answer to it replaces the card.</summary>
    /// <param name="reads">Whether the card's inputs go with it.</param>
    public static JsonObject Execute(string title, JsonObject data, bool reads = false) => new()
    {
        ["type"] = "Action.Execute",
        ["title"] = Title(title),
        ["verb"] = (string)data["action"]!,
        ["associatedInputs"] = reads ? "auto" : "none",
        ["data"] = data,
        ["fallback"] = Submit(title, (JsonObject)data.DeepClone(), reads),
    };

    /// <summary>Dialogs open by this alone, not by an <c>Action.Execute</c>.</summary>
    static JsonObject OpenDialog(string title, JsonObject data)
    {
        data["msteams"] = new JsonObject { ["type"] = "task/fetch" };
        return Submit(title, data, reads: false);
    }

    public static JsonObject Submit(string title, JsonObject data, bool reads) => new()
    {
        ["type"] = "Action.Submit",
        ["title"] = Title(title),
        ["associatedInputs"] = reads ? "auto" : "none",
        ["data"] = data,
    };

    public static string Title(string label)
    {
        var title = Typography.Cut(SafeText.Clean(label).Replace('\n', ' '), TeamsLimits.ButtonText);
        return SafeText.IsBlank(title) ? RichText.Nothing : title;
    }
}
