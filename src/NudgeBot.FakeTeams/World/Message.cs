using System.Text.Json.Nodes;

namespace NudgeBot.FakeTeams.World;

public sealed class Message
{
    readonly Dictionary<string, JsonObject> _refreshed = [];

    public required string Id { get; init; }
    public required Conversation In { get; init; }

    /// <summary>Null: the bot.</summary>
    public Person? From { get; init; }

    /// <summary>The first message of its thread; its own id where it is that one.</summary>
    public required string ThreadId { get; init; }
    public string? ReplyToId { get; init; }

    /// <summary>As it was sent.</summary>
    public required JsonObject Activity { get; set; }
    public bool Edited { get; internal set; }

    /// <summary>By person and kind, e.g. <c>like</c>.</summary>
    public HashSet<(Person Person, string Kind)> Reactions { get; } = [];

    public string Text => Activity.Text("text") ?? "";

    /// <summary>Null where there is none.</summary>
    public JsonObject? Card =>
        (Activity["attachments"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(attachment => attachment.Text("contentType") == CardType)?["content"] as JsonObject;

    /// <summary>An answer to a press of a button replaces the card for whoever pressed, until the bot updates the message for everybody.</summary>
    public JsonObject? CardSeenBy(Person person) => _refreshed.GetValueOrDefault(person.Id) ?? Card;

    public const string CardType = "application/vnd.microsoft.card.adaptive";

    internal void Refresh(Person person, JsonObject card) => _refreshed[person.Id] = card;

    internal void Replace(JsonObject activity)
    {
        Activity = activity;
        Edited = true;
        _refreshed.Clear();
    }
}
