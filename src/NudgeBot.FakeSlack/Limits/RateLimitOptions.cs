namespace NudgeBot.FakeSlack.Limits;

public sealed record RateLimitOptions
{
    /// <summary>Off: nothing is refused, everything is counted.</summary>
    public bool Enforced { get; init; } = true;

    /// <summary>How many of the limits' minutes and seconds pass in one. Unlike <see cref="FakeSlackOptions.TimeFactor"/> it leaves the app as much time to answer as ever.</summary>
    public double Times { get; init; } = 1;

    /// <summary>Of <c>chat.postMessage</c>, per channel.</summary>
    public int MessagesPerSecondAndChannel { get; init; } = 1;

    /// <summary>How many messages a channel takes at once after a pause. Slack calls it "short bursts" and gives no number.</summary>
    public int MessageBurst { get; init; } = 3;

    /// <summary>Of <c>chat.postMessage</c>, per workspace. Slack gives no number.</summary>
    public int MessagesPerMinute { get; init; } = 300;

    /// <summary>By the name of a method, in place of its tier.</summary>
    public IReadOnlyDictionary<string, int> CallsPerMinute { get; init; } = new Dictionary<string, int>();
}
