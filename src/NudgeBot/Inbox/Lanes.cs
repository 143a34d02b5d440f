namespace NudgeBot.Inbox;

/// <summary>Work in lanes: one thing after the other within a lane, several lanes side by side.</summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing that needs disposing.
sealed class Lanes<TLane>(int sideBySide) where TLane : notnull
#pragma warning restore CA1001
{
    readonly Dictionary<TLane, Task> last = [];
    readonly SemaphoreSlim free = new(sideBySide);
    TaskCompletionSource? idle;
    int length;

    /// <summary>What waits or runs.</summary>
    public int Length
    {
        get
        {
            lock (last) return length;
        }
    }

    /// <param name="work">Must not throw.</param>
    public Task Add(TLane lane, Func<Task> work)
    {
        lock (last)
        {
            length++;
            var before = last.GetValueOrDefault(lane, Task.CompletedTask);
            var mine = Task.Run(() => RunAsync(before, work));
            last[lane] = mine;
            _ = mine.ContinueWith(_ => Leave(lane, mine), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return mine;
        }
    }

    /// <summary>When nothing waits or runs any more.</summary>
    public Task WhenIdleAsync()
    {
        lock (last)
        {
            if (length == 0) return Task.CompletedTask;
            idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return idle.Task;
        }
    }

    async Task RunAsync(Task before, Func<Task> work)
    {
        await before;
        await free.WaitAsync();
        try
        {
            await work();
        }
        finally
        {
            free.Release();
        }
    }

    void Leave(TLane lane, Task mine)
    {
        lock (last)
        {
            if (last.GetValueOrDefault(lane) == mine) last.Remove(lane);
            if (--length > 0) return;
            idle?.SetResult();
            idle = null;
        }
    }
}
