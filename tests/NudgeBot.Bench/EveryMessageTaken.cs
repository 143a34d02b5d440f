using NudgeBot.Chat;

namespace NudgeBot.Bench;

/// <summary>A platform that takes everything at once: what is left is the work of NudgeBot itself.</summary>
sealed class EveryMessageTaken : IChatPlatform
{
    static readonly Task<SendResult> Taken = Task.FromResult<SendResult>(new SendResult.Taken("1736589600.000100"));
    int count;

    public string Name => "recorder";

    public int Count => count;

    public Task<SendResult> SendAsync(Outgoing outgoing, CancellationToken cancellation)
    {
        Interlocked.Increment(ref count);
        return Taken;
    }
}
