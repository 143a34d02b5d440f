namespace NudgeBot.FakeSlack.World;

/// <summary>A workspace.</summary>
public sealed class Team
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Domain { get; init; }

    /// <summary>In the order in which they came.</summary>
    public List<User> Users { get; } = [];
    public List<Channel> Channels { get; } = [];

    /// <summary>The app's bot; null until the app is installed for the first time.</summary>
    public User? Bot { get; set; }
    public string BotId { get; set; } = "";

    /// <summary>Published Home tabs by user.</summary>
    public Dictionary<string, View> Homes { get; } = [];

    /// <summary>Open modals by user; the last is on top.</summary>
    public Dictionary<string, List<View>> Modals { get; } = [];
}
