namespace NudgeBot.FakeTeams.World;

public sealed class Team
{
    public string AadGroupId { get; } = Guid.NewGuid().ToString();
    public required string Name { get; init; }
    public List<Person> Members { get; } = [];

    /// <summary>The first is General, whose id is the team's own.</summary>
    public List<Conversation> Channels { get; } = [];

    public string Id => Channels[0].Id;
    public bool Installed { get; internal set; }
}
