using NudgeBot.Chat;

namespace NudgeBot.Commands;

/// <summary>
/// A line is understood, or there is a reason why not. That is put into words only on demand: what to offer instead is found by judging
/// other lines.
/// </summary>
readonly record struct Judgement(Reading? Understood, Func<Message>? Reason)
{
    public static Judgement As(Reading understood) => new(understood, null);

    public static Judgement Not(Func<Message> reason) => new(null, reason);

    public Reading Reading => Understood ?? new Reading.Rejected(Reason!());
}
