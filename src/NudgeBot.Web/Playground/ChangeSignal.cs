namespace NudgeBot.Web.Playground;

/// <summary>Counts the changes, and wakes everybody who waits for the next one.</summary>
sealed class ChangeSignal
{
    TaskCompletionSource next = New();
    int count;

    /// <summary>How many there were since the program started.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Ends with the first change after the call.</summary>
    public Task Next => next.Task;

    public void Raise()
    {
        Interlocked.Increment(ref count);
        Interlocked.Exchange(ref next, New()).SetResult();
    }

    // Who waits goes on elsewhere: whoever raises has its own work to do.
    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
