using System.Collections.Concurrent;
using System.Globalization;

namespace NudgeBot.Chat;

/// <summary>Keeps what it is given: for tests, for rehearsals, for <c>simulate</c>. Every account and channel exists and nothing is throttled.</summary>
public sealed class RecordingPlatform : IChatPlatform
{
    readonly ConcurrentQueue<Outgoing> sent = new();
    int count;

    public string Name => "recorder";

    /// <summary>In the order of sending. Emptied by <see cref="Take"/>.</summary>
    public IReadOnlyCollection<Outgoing> Sent => sent;

    public Task<SendResult> SendAsync(Outgoing outgoing, CancellationToken cancellation)
    {
        sent.Enqueue(outgoing);
        var id = Interlocked.Increment(ref count).ToString(CultureInfo.InvariantCulture);
        return Task.FromResult<SendResult>(new SendResult.Taken(id));
    }

    /// <summary>What was sent since the last call.</summary>
    public IReadOnlyList<Outgoing> Take()
    {
        var taken = new List<Outgoing>();
        while (sent.TryDequeue(out var one)) taken.Add(one);
        return taken;
    }
}
