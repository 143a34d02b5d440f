using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Conversations;

namespace NudgeBot.Teams.Rendering;

/// <summary>A card's actions.</summary>
static class CardButtons
{
    /// <param name="hasDialogs">Whether the client opens a dialog where it is asked to.</param>
    public static JsonObject Of(Button button, bool hasDialogs)
    {
        var data = CardAction.Of(button).Write();
        var json = hasDialogs && FormOpeners.IsButton(button.ActionId, button.Payload) ? OpenDialog(button.Label, data) : Execute(button.Label, data);
        // Clients that do not know the styles show the button without.
        if (button.Style != ButtonStyle.Plain) json["style"] = button.Style == ButtonStyle.Primary ? "positive" : "destructive";
        return json;
    }

    /// <summary>The answer to it replaces the card.</summary>
    /// <param name="reads">Whether the card's inputs go with it.</param>
    public static JsonObject Execute(string title, JsonObject data, bool reads = false) => new()
    {
        ["type"] = "Action.Execute",
        ["title"] = CardTitle.Of(title),
        ["verb"] = (string)data["action"]!,
        ["associatedInputs"] = reads ? "auto" : "none",
        ["data"] = data,
        ["fallback"] = Submit(title, (JsonObject)data.DeepClone(), reads),
    };

    public static JsonObject Submit(string title, JsonObject data, bool reads) => new()
    {
        ["type"] = "Action.Submit",
        ["title"] = CardTitle.Of(title),
        ["associatedInputs"] = reads ? "auto" : "none",
        ["data"] = data,
    };

    /// <summary>Dialogs open by this alone, not by an <c>Action.Execute</c>.</summary>
    static JsonObject OpenDialog(string title, JsonObject data)
    {
        data["msteams"] = new JsonObject { ["type"] = "task/fetch" };
        return Submit(title, data, reads: false);
    }
}
