namespace NudgeBot.Web.Playground;

/// <summary>Wakes everybody who waits for the next change.</summary>
sealed class ChangeSignal
{
    TaskCompletionSource next = New();

    /// <summary>Ends with the first change after the call.</summary>
    public Task Next => next.Task;

    public void Raise() => Interlocked.Exchange(ref next, New()).SetResult();

    // Who waits goes on elsewhere: whoever raises has its own work to do.
    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
