using NodaTime;

namespace NudgeBot.FakeSlack;

/// <summary>What time it is, and how long Slack's seconds are here.</summary>
public sealed class SlackTime
{
    readonly TimeProvider _time;
    readonly double _factor;

    public SlackTime(FakeSlackOptions options)
    {
        if (options.TimeFactor <= 0) throw new ArgumentOutOfRangeException(nameof(options), options.TimeFactor, "TimeFactor must be greater than 0.");
#pragma warning disable RS0030 // This project knows nothing of the product's clocks: here the system's clock enters it.
        _time = options.Time ?? TimeProvider.System;
#pragma warning restore RS0030
        _factor = options.TimeFactor;
    }

    public Instant Now => Instant.FromDateTimeOffset(_time.GetUtcNow());

    public Duration Shortened(Duration ofSlack) => ofSlack / _factor;

    public Instant After(Duration ofSlack) => Now + Shortened(ofSlack);

    public Task WaitAsync(Duration ofSlack, CancellationToken cancellation) => Task.Delay(Shortened(ofSlack).ToTimeSpan(), _time, cancellation);

    /// <summary>Cancels itself; dispose of it.</summary>
    public CancellationTokenSource Deadline(Duration ofSlack) => new(Shortened(ofSlack).ToTimeSpan(), _time);

    public Task HangAsync(TimeSpan real, CancellationToken cancellation) => Task.Delay(real, _time, cancellation);
}
