using System.Text.Json;
using System.Text.Json.Nodes;

namespace NudgeBot.Teams.Rendering;

/// <summary>Where a dialog was opened from, kept in it for when it is sent.</summary>
/// <param name="Conversation">The conversation's id in Teams.</param>
/// <param name="Message">The activity's whose button opened it; null where there is none to change.</param>
/// <param name="Opening">Tells this opening of the dialog from another; null where that does not matter.</param>
sealed record DialogContext(string? Conversation = null, string? Message = null, string? Opening = null)
{
    const string ConversationKey = "conversation";
    const string MessageKey = "message";
    const string OpeningKey = "opening";

    public JsonObject Write()
    {
        var json = new JsonObject();
        if (Conversation is not null) json[ConversationKey] = Conversation;
        if (Message is not null) json[MessageKey] = Message;
        if (Opening is not null) json[OpeningKey] = Opening;
        return json;
    }

    /// <exception cref="JsonException">It is not one that <see cref="Write"/> wrote.</exception>
    public static DialogContext Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) throw new JsonException("A dialog's context is no object.");
        return new DialogContext(Text(ConversationKey), Text(MessageKey), Text(OpeningKey));

        string? Text(string key) => json.TryGetProperty(key, out var value) ? TeamsJson.Text(value, $"A dialog's {key}") : null;
    }
}
