namespace NudgeBot.Teams.Tests;

/// <summary>Stands still until it is moved.</summary>
sealed class ManualTime : TimeProvider
{
    DateTimeOffset _now = new(2026, 3, 9, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Move(TimeSpan by) => _now += by;
}
