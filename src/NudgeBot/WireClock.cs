namespace NudgeBot;

/// <summary>The system's clock, for what the outside world times: signatures, tokens, <c>Retry-After</c>, progress bars, the job engine.</summary>
public static class WireClock
{
#pragma warning disable RS0030 // The one place where the system's clock enters the program.
    public static TimeProvider System { get; } = TimeProvider.System;
#pragma warning restore RS0030
}
