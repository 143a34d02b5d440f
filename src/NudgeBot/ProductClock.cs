using NodaTime;

namespace NudgeBot;

/// <summary>
/// Product time: what people see is decided by this clock, and SQL gets its reading as <c>@now</c>. In the service it is the system's;
/// in the playground, in tests and in <c>simulate</c> it stands still until it is moved.
/// </summary>
public sealed class ProductClock
{
    readonly TimeProvider? ticking;
    Instant standing;

    ProductClock(TimeProvider? ticking, Instant standing)
    {
        this.ticking = ticking;
        this.standing = standing;
    }

    public static ProductClock Ticking(TimeProvider source) => new(source, default);

    public static ProductClock StandingAt(Instant instant) => new(null, instant);

    public Instant Now => ticking is null ? standing : Instant.FromDateTimeOffset(ticking.GetUtcNow());

    /// <summary>Moves a standing clock forward.</summary>
    /// <exception cref="InvalidOperationException">The clock ticks by itself, or the instant lies in its past.</exception>
    public void MoveTo(Instant instant)
    {
        if (ticking is not null)
            throw new InvalidOperationException("This clock follows the system's; only a standing clock can be moved.");
        if (instant < standing)
            throw new InvalidOperationException($"Product time never goes back: it is {standing}, asked for {instant}.");
        standing = instant;
    }
}
