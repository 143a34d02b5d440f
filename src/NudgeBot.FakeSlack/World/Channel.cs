namespace NudgeBot.FakeSlack.World;

public enum ChannelKind
{
    Public,
    Private,
    Direct,
}

public sealed class Channel
{
    public required string Id { get; init; }
    public required string TeamId { get; init; }
    public required ChannelKind Kind { get; init; }

    /// <summary>Empty for direct ones.</summary>
    public string Name { get; init; } = "";

    /// <summary>Of a direct one: the person who is not the app.</summary>
    public string? With { get; init; }

    /// <summary>Unix seconds.</summary>
    public required long Created { get; init; }
    public bool IsArchived { get; set; }
    public HashSet<string> Members { get; } = [];

    /// <summary>Ascending by <c>ts</c>, which is their id; ephemeral ones and replies in threads among them.</summary>
    public List<Message> Messages { get; } = [];

    public Message? Find(string? ts) => Messages.Find(message => message.Ts == ts);
}
