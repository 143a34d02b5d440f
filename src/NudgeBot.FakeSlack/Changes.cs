namespace NudgeBot.FakeSlack;

/// <summary>Counts what has changed, and wakes whoever waits for the next change.</summary>
public sealed class Changes
{
    TaskCompletionSource _next = New();
    int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Ends with the first change after the call.</summary>
    public Task Next => _next.Task;

    internal void Raise()
    {
        Interlocked.Increment(ref _count);
        Interlocked.Exchange(ref _next, New()).SetResult();
    }

    // Who waits goes on elsewhere: whoever raises has its own work to do.
    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
