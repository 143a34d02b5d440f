using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using NudgeBot.Chat;

namespace NudgeBot.Tests.Engine;

/// <summary>Takes every message unless told otherwise, and keeps what it was asked to send.</summary>
sealed class ScriptedPlatform : IChatPlatform
{
    readonly ConcurrentQueue<Outgoing> asked = new();
    readonly Channel<Outgoing> calls = Channel.CreateUnbounded<Outgoing>();
    int count;

    public string Name => "recorder";

    /// <summary>What becomes of a message; set by a test.</summary>
    public Func<Outgoing, Task<SendResult>> Answer { get; set; } = null!;

    /// <summary>What it knows of messages that may have been sent; null: it cannot be asked.</summary>
    public Func<Question, AskResult>? Knows { get; set; }

    public bool CanBeAsked => Knows is not null;

    public Task<AskResult> AskAsync(Question question, CancellationToken cancellation) =>
        Task.FromResult(Knows?.Invoke(question) ?? new AskResult.CannotTell());

    public ScriptedPlatform() => TakesEverything();

    /// <summary>Every message that the platform was called with, taken or not.</summary>
    public IReadOnlyList<Outgoing> Asked => [.. asked];

    /// <summary>Until it has been called so many more times.</summary>
    public async Task WasCalled(int times)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        for (var call = 0; call < times; call++) await calls.Reader.ReadAsync(patience.Token);
    }

    public async Task<SendResult> SendAsync(Outgoing outgoing, CancellationToken cancellation)
    {
        asked.Enqueue(outgoing);
        calls.Writer.TryWrite(outgoing);
        return await Answer(outgoing);
    }

    public SendResult Taken() => new SendResult.Taken(Interlocked.Increment(ref count).ToString(CultureInfo.InvariantCulture));

    public void TakesEverything() => Answer = _ => Task.FromResult(Taken());

    public void Says(SendResult result) => Answer = _ => Task.FromResult(result);

    public void Says(Func<Outgoing, SendResult> result) => Answer = outgoing => Task.FromResult(result(outgoing));

    /// <summary>Messages wait from now on, until the source that is returned is completed.</summary>
    public TaskCompletionSource Waits()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Answer = async _ =>
        {
            await gate.Task;
            return Taken();
        };
        return gate;
    }
}
