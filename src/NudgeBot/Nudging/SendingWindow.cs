using NodaTime;

namespace NudgeBot.Nudging;

/// <summary>The local times of a working day at which messages may go out: <paramref name="From"/> included, <paramref name="To"/> not.</summary>
public sealed record SendingWindow(LocalTime From, LocalTime To)
{
    public static readonly SendingWindow Default = new(new LocalTime(9, 0), new LocalTime(17, 0));

    public bool Contains(LocalTime time) => time >= From && time < To;
}
