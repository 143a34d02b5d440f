using NodaTime;

namespace NudgeBot.FakeTeams.Limits;

/// <summary>At most so many in any span of time of this length.</summary>
sealed class SlidingWindow(int most, Duration length)
{
    readonly Queue<Instant> _taken = [];

    /// <summary>Zero where there is room now.</summary>
    public Duration WaitFrom(Instant now)
    {
        while (_taken.TryPeek(out var oldest) && oldest + length <= now) _taken.Dequeue();
        return _taken.Count < most ? Duration.Zero : _taken.Peek() + length - now;
    }

    public void Take(Instant now) => _taken.Enqueue(now);
}
