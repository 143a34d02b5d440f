namespace NudgeBot.FakeSlack.Faults;

/// <summary>Which calls go wrong.</summary>
public sealed class FaultPlan(int seed)
{
    readonly Lock _gate = new();
    readonly Random _random = new(seed);
    readonly Dictionary<string, Queue<Fault>> _next = [];
    readonly Dictionary<string, (Fault Fault, double Probability)> _sometimes = [];

    /// <summary>The next calls of a method, after those that are already planned.</summary>
    public void Next(string method, Fault fault, int times = 1)
    {
        lock (_gate)
        {
            if (!_next.TryGetValue(method, out var queue)) _next[method] = queue = [];
            for (var i = 0; i < times; i++) queue.Enqueue(fault);
        }
    }

    /// <summary>Each call of a method with this probability, from now on; 0 ends it.</summary>
    public void Sometimes(string method, Fault fault, double probability)
    {
        if (probability is < 0 or > 1) throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is between 0 and 1.");
        lock (_gate) _sometimes[method] = (fault, probability);
    }

    /// <summary>How many calls of a method are still to go wrong as planned.</summary>
    public int Left(string method)
    {
        lock (_gate) return _next.TryGetValue(method, out var queue) ? queue.Count : 0;
    }

    internal Fault? Take(string method)
    {
        lock (_gate)
        {
            if (_next.TryGetValue(method, out var queue) && queue.TryDequeue(out var planned)) return planned;
            return _sometimes.TryGetValue(method, out var some) && _random.NextDouble() < some.Probability ? some.Fault : null;
        }
    }
}
