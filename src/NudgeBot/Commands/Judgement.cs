using NudgeBot.Chat;

namespace NudgeBot.Commands;

/// <summary>
/// A line is understood, or there is a reason why not. That is put into words only on demand: what to offer instead is found by judging
/// other lines.
/// </summary>
readonly record struct Judgement(Reading? Understood, Func<Reading>? Reason)
{
    public static Judgement As(Reading understood) => new(understood, null);

    public static Judgement Not(Func<Message> reason, string? symbol = null) => new(null, () => new Reading.Rejected(reason(), symbol));

    public static Judgement Forbidden(Func<Message> reason, string command) => new(null, () => new Reading.Forbidden(reason(), command));

    public Reading Reading => Understood ?? Reason!();
}
