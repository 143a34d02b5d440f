using NodaTime;

namespace NudgeBot.FakeSlack;

/// <summary>The last of what went to and fro between this Slack and the app, for the page.</summary>
public sealed class Traffic(Changes changes)
{
    const int Kept = 300;

    readonly Lock _gate = new();
    readonly LinkedList<Exchange> _last = [];
    long _count;

    /// <summary>The latest first.</summary>
    public IReadOnlyList<Exchange> Last
    {
        get
        {
            lock (_gate) return [.. _last];
        }
    }

    internal void Add(Direction direction, string what, string outcome, bool isGood, Duration took, Instant at, string sent, string answer)
    {
        lock (_gate)
        {
            _last.AddFirst(new Exchange(++_count, direction, what, outcome, isGood, took, at, sent, answer));
            if (_last.Count > Kept) _last.RemoveLast();
        }
        changes.Raise();
    }
}

public enum Direction
{
    /// <summary>The app calls the Web API or a response URL.</summary>
    FromApp,

    /// <summary>An event, a command, something pressed.</summary>
    ToApp,
}

/// <param name="What">A method, or the type of what was delivered.</param>
/// <param name="Outcome"><c>ok</c>, Slack's word for an error, or a status.</param>
/// <param name="At">When it was over, by the server's clock.</param>
public sealed record Exchange(long Number, Direction Direction, string What, string Outcome, bool IsGood, Duration Took, Instant At, string Sent, string Answer);
