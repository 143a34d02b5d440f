using NudgeBot.FakeTeams.Graph;
using NudgeBot.FakeTeams.Limits;

namespace NudgeBot.FakeTeams;

public sealed record FakeTeamsOptions
{
    /// <summary>0: a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// How many of Teams' seconds pass in one: limits, the bot's time to answer and the lives of its tokens are all shortened alike. The tokens that go to the bot
    /// have the times of the clock.
    /// </summary>
    public double TimeFactor { get; init; } = 1;

    /// <summary>Null: the system's clock.</summary>
    public TimeProvider? Time { get; init; }

    public RateLimitOptions Limits { get; init; } = new();

    public FakeBot Bot { get; init; } = new();

    public GraphOptions Graph { get; init; } = new();

    /// <summary>For faults with a probability.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Of a whole activity. Microsoft documents about 100 KB; less was seen in the field.</summary>
    public int LargestActivity { get; init; } = 100 * 1024;

    /// <summary>How long a call hangs that was told to time out; in the clock's own seconds.</summary>
    public TimeSpan HangsFor { get; init; } = TimeSpan.FromMinutes(2);
}
