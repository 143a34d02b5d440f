namespace NudgeBot.Campaigns;

/// <summary>
/// What the figures of a campaign must be before its rollout advances. They are defaults for good: a stored campaign that names none means these
/// (<see cref="CampaignWriter"/>).
/// </summary>
public sealed record GateThresholds
{
    public static readonly GateThresholds Default = new();

    /// <summary>Behind each figure, at least so many.</summary>
    public int People { get; init; } = 30;

    /// <summary>Without a change of the rollout and without a breach.</summary>
    public int Days { get; init; } = 28;

    /// <summary>Percent, at least: of the people who were written to, those whom the last message reached.</summary>
    public int Delivery { get; init; } = 95;

    /// <summary>Percent, at most: of the people who got a message, those who said stop.</summary>
    public int OptOuts { get; init; } = 5;

    /// <summary>Percent, at most: of the people who got a message, those who said that something is in the way.</summary>
    public int Blocked { get; init; } = 10;

    /// <summary>Percent of the audience, at most, whom no message would reach when the campaign is launched.</summary>
    public int Unreachable { get; init; } = 10;
}
