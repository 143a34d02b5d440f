using NodaTime;

namespace NudgeBot.FakeTeams;

/// <summary>What time it is, and how long Teams' seconds are here.</summary>
public sealed class TeamsTime
{
    readonly TimeProvider _time;
    readonly double _factor;

    public TeamsTime(FakeTeamsOptions options)
    {
        if (options.TimeFactor <= 0) throw new ArgumentOutOfRangeException(nameof(options), options.TimeFactor, "TimeFactor must be greater than 0.");
#pragma warning disable RS0030 // This project knows nothing of the product's clocks: here the system's clock enters it.
        _time = options.Time ?? TimeProvider.System;
#pragma warning restore RS0030
        _factor = options.TimeFactor;
    }

    public Instant Now => Instant.FromDateTimeOffset(_time.GetUtcNow());

    public Duration Shortened(Duration ofTeams) => ofTeams / _factor;

    public Instant After(Duration ofTeams) => Now + Shortened(ofTeams);

    /// <summary>Cancels itself; dispose of it.</summary>
    public CancellationTokenSource Deadline(Duration ofTeams) => new(Shortened(ofTeams).ToTimeSpan(), _time);

    public Task HangAsync(TimeSpan real, CancellationToken cancellation) => Task.Delay(real, _time, cancellation);
}
