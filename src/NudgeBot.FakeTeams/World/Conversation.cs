namespace NudgeBot.FakeTeams.World;

/// <summary>A personal chat of somebody with the bot, or a team's channel with all its threads.</summary>
public sealed class Conversation
{
    public required string Id { get; init; }

    /// <summary>Of a channel.</summary>
    public string Name { get; init; } = "";

    /// <summary>Who chats with the bot; null for a channel.</summary>
    public Person? With { get; init; }

    /// <summary>Null for a personal chat.</summary>
    public Team? Team { get; init; }

    /// <summary>Oldest first; deleted ones are gone.</summary>
    public List<Message> Messages { get; } = [];

    public IReadOnlyList<Person> Members => With is not null ? [With] : Team!.Members;

    public Message? Find(string id) => Messages.Find(message => message.Id == id);

    /// <summary>What an activity calls it: in a channel each thread is a conversation.</summary>
    public string IdOf(Message? message) => Team is null || message is null ? Id : $"{Id};messageid={message.ThreadId}";
}
