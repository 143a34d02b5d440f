using NodaTime;

namespace NudgeBot.FakeSlack.Limits;

/// <summary>One each interval, and after a pause up to a burst at once.</summary>
sealed class Bucket(Duration interval, int burst)
{
    Instant _empty = Instant.MinValue;

    /// <summary>Zero where there is room now.</summary>
    public Duration WaitFrom(Instant now) => Instant.Max(_empty, now) - now is var filled && filled + interval > interval * burst
        ? filled + interval - (interval * burst)
        : Duration.Zero;

    public void Take(Instant now) => _empty = Instant.Max(_empty, now) + interval;
}
