namespace NudgeBot.Database;

/// <summary>
/// Does together what many ask for at once. Whoever asks first has it done alone and at once; those who ask meanwhile are the next batch. So
/// nobody waits for a timer, and the busier it is, the more share one commit.
/// </summary>
/// <param name="most">Items of a batch.</param>
/// <param name="commit">Gets the items in the order in which they were added, one batch at a time; gives a result for each.</param>
sealed class GroupCommit<TItem, TResult>(int most, Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> commit)
{
    readonly Queue<(TItem Item, TaskCompletionSource<TResult> Done)> waiting = new();
    bool isCommitting;

    /// <returns>When its batch is committed; what made the batch fail is thrown to each of its items.</returns>
    public Task<TResult> AddAsync(TItem item)
    {
        var done = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (waiting)
        {
            waiting.Enqueue((item, done));
            if (isCommitting) return done.Task;
            isCommitting = true;
        }
        _ = Task.Run(CommitAllAsync);
        return done.Task;
    }

    async Task CommitAllAsync()
    {
        while (NextBatch() is { Count: > 0 } batch)
        {
            try
            {
                var results = await commit([.. batch.Select(one => one.Item)]);
                for (var i = 0; i < batch.Count; i++) batch[i].Done.SetResult(results[i]);
            }
            catch (Exception error)
            {
                // Whatever it is, it is theirs who wait, and the next batch has its own chance.
                foreach (var (_, done) in batch) done.TrySetException(error);
            }
        }
    }

    List<(TItem Item, TaskCompletionSource<TResult> Done)> NextBatch()
    {
        lock (waiting)
        {
            var batch = new List<(TItem, TaskCompletionSource<TResult>)>(Math.Min(most, waiting.Count));
            while (batch.Count < most && waiting.TryDequeue(out var one)) batch.Add(one);
            isCommitting = batch.Count > 0;
            return batch;
        }
    }
}
