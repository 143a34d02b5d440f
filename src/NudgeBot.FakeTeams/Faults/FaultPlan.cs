namespace NudgeBot.FakeTeams.Faults;

/// <summary>Which calls go wrong.</summary>
public sealed class FaultPlan(int seed)
{
    readonly Lock _gate = new();
    readonly Random _random = new(seed);
    readonly Dictionary<Operation, Queue<Fault>> _next = [];
    readonly Dictionary<Operation, (Fault Fault, double Probability)> _sometimes = [];

    /// <summary>The next calls of a kind, after those that are already planned.</summary>
    public void Next(Operation operation, Fault fault, int times = 1)
    {
        lock (_gate)
        {
            if (!_next.TryGetValue(operation, out var queue)) _next[operation] = queue = [];
            for (var i = 0; i < times; i++) queue.Enqueue(fault);
        }
    }

    /// <summary>Each call of a kind with this probability, from now on; 0 ends it.</summary>
    public void Sometimes(Operation operation, Fault fault, double probability)
    {
        if (probability is < 0 or > 1) throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is between 0 and 1.");
        lock (_gate) _sometimes[operation] = (fault, probability);
    }

    /// <summary>How many of the calls that <see cref="Next"/> planned have not come yet.</summary>
    public int Left(Operation operation)
    {
        lock (_gate) return _next.TryGetValue(operation, out var queue) ? queue.Count : 0;
    }

    internal Fault? Take(Operation operation)
    {
        lock (_gate)
        {
            if (_next.TryGetValue(operation, out var queue) && queue.TryDequeue(out var planned)) return planned;
            return _sometimes.TryGetValue(operation, out var some) && _random.NextDouble() < some.Probability ? some.Fault : null;
        }
    }
}
