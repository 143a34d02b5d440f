using NodaTime;

namespace NudgeBot.Bench;

/// <summary>Runs as fast as the system's clock, from another moment on.</summary>
sealed class ShiftedTime : TimeProvider
{
    Instant from;
    long since;

    public ShiftedTime(Instant from) => Set(from);

    public void Set(Instant to) => (from, since) = (to, WireClock.System.GetTimestamp());

    public override DateTimeOffset GetUtcNow() => (from + Duration.FromTimeSpan(WireClock.System.GetElapsedTime(since))).ToDateTimeOffset();
}
