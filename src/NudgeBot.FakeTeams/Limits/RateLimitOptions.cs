namespace NudgeBot.FakeTeams.Limits;

public sealed record RateLimitOptions
{
    /// <summary>Off: nothing is refused, everything is counted.</summary>
    public bool Enforced { get; init; } = true;

    /// <summary>Of all calls of the app in the tenant. Microsoft's documents say 30 and 50.</summary>
    public int PerSecond { get; init; } = 30;

    /// <summary>Of what the bot does to the messages of one conversation: so many in so many seconds. All hold at once.</summary>
    public IReadOnlyList<(int Most, int Seconds)> PerConversation { get; init; } = [(7, 1), (8, 2), (60, 30), (1800, 3600)];
}
