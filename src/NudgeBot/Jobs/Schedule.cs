using NodaTime;

namespace NudgeBot.Jobs;

/// <summary>
/// How often a job runs, in the forms that the engines and the readers need. Only divisors of a minute, an hour or a day can be said: a cron
/// expression starts anew with each of them, so any other interval would mean something else to each engine.
/// </summary>
public sealed record Schedule
{
    Schedule(Duration every, string cron, string inWords)
    {
        Every = every;
        Cron = cron;
        InWords = inWords;
    }

    public Duration Every { get; }

    /// <summary>Six fields, seconds first.</summary>
    public string Cron { get; }

    public string InWords { get; }

    /// <exception cref="ArgumentOutOfRangeException">Not a divisor of 60.</exception>
    public static Schedule EverySeconds(int seconds) =>
        new(Duration.FromSeconds(Divisor(seconds)), $"*/{seconds} * * * * *", Words(seconds, "second"));

    /// <exception cref="ArgumentOutOfRangeException">Not a divisor of 60.</exception>
    public static Schedule EveryMinutes(int minutes) =>
        new(Duration.FromMinutes(Divisor(minutes)), $"0 */{minutes} * * * *", Words(minutes, "minute"));

    /// <exception cref="ArgumentOutOfRangeException">Not a divisor of 24.</exception>
    public static Schedule EveryHours(int hours) => hours is > 0 and < 24 && 24 % hours == 0
        ? new(Duration.FromHours(hours), $"0 0 */{hours} * * *", Words(hours, "hour"))
        : throw new ArgumentOutOfRangeException(nameof(hours), hours, "It must divide 24 and be less.");

    static int Divisor(int number) => number is > 0 and < 60 && 60 % number == 0
        ? number
        : throw new ArgumentOutOfRangeException(nameof(number), number, "It must divide 60 and be less.");

    static string Words(int number, string unit) => number == 1 ? $"every {unit}" : $"every {number} {unit}s";
}
