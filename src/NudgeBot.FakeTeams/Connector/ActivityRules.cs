using System.Globalization;
using System.Text.Json.Nodes;
using NudgeBot.FakeTeams.World;

namespace NudgeBot.FakeTeams.Connector;

/// <summary>What Teams takes for a message.</summary>
static class ActivityRules
{
    /// <summary>Cards of a later version show their fallback, or nothing.</summary>
    static readonly Version NewestCard = new(1, 5);

    /// <exception cref="ConnectorRefusal">It would not be shown, or not as it is meant.</exception>
    public static void Check(JsonObject activity)
    {
        if (activity.Text("type") is not ("message" or "typing")) throw ConnectorRefusal.Bad("Unknown activity type.");
        if (activity["textFormat"] is not null && activity.Text("textFormat") is not ("plain" or "markdown" or "xml")) throw ConnectorRefusal.Bad("Unknown textFormat.");
        if (activity["text"] is not null && activity.Text("text") is null) throw ConnectorRefusal.Bad("text must be a string.");
        if (activity.Text("type") == "typing") return;
        var attachments = activity["attachments"] switch
        {
            null => [],
            JsonArray array => array,
            _ => throw ConnectorRefusal.Bad("attachments must be an array."),
        };
        if (attachments.Count == 0 && string.IsNullOrEmpty(activity.Text("text"))) throw ConnectorRefusal.Bad("Activity must have text or attachments.");
        if (attachments.Count > 10) throw ConnectorRefusal.Bad("There are more than 10 attachments.");
        foreach (var attachment in attachments)
        {
            if (attachment.Text("contentType") is not { } type) throw ConnectorRefusal.Bad("An attachment must be an object with a contentType.");
            if (type == Message.CardType) CheckCard(attachment!["content"]);
        }
    }

    /// <exception cref="ConnectorRefusal">It is no Adaptive Card that Teams can show.</exception>
    public static void CheckCard(JsonNode? content)
    {
        if (content is not JsonObject card) throw ConnectorRefusal.Bad("The content of an Adaptive Card must be an object.");
        if (card.Text("type") != "AdaptiveCard") throw ConnectorRefusal.Bad("An Adaptive Card must have the type AdaptiveCard.");
        if (!Version.TryParse(card.Text("version"), out var version)) throw ConnectorRefusal.Bad("An Adaptive Card must have a version.");
        if (version > NewestCard) throw ConnectorRefusal.Bad(string.Create(CultureInfo.InvariantCulture, $"Teams shows Adaptive Cards up to {NewestCard}, and this one is {version}."));
    }
}
