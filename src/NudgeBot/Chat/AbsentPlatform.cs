using NodaTime;

namespace NudgeBot.Chat;

/// <summary>A platform that a workspace is stored of, and that this program was started without.</summary>
sealed class AbsentPlatform(string name) : IChatPlatform
{
    static readonly Duration Wait = Duration.FromMinutes(5);

    public string Name => name;

    public Task<SendResult> SendAsync(Outgoing outgoing, CancellationToken cancellation) => Task.FromResult<SendResult>(new SendResult.Throttled(Wait));
}
