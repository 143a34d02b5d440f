using NudgeBot.FakeSlack.Limits;

namespace NudgeBot.FakeSlack;

public sealed record FakeSlackOptions
{
    /// <summary>0: a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// How many of Slack's seconds pass in one: limits, retries, the lives of triggers, tokens and response URLs are all shortened alike.
    /// Timestamps of messages and signatures stay those of the clock.
    /// </summary>
    public double TimeFactor { get; init; } = 1;

    /// <summary>Null: the system's clock.</summary>
    public TimeProvider? Time { get; init; }

    public RateLimitOptions Limits { get; init; } = new();

    public FakeApp App { get; init; } = new();

    /// <summary>For faults with a probability.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Real Slack tells an app of its own messages too. Off saves a request per message.</summary>
    public bool TellsAppOfItsOwnMessages { get; init; } = true;

    /// <summary>How long a call hangs that was told to time out; in the clock's own seconds.</summary>
    public TimeSpan HangsFor { get; init; } = TimeSpan.FromMinutes(2);
}
