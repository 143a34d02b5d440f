using NodaTime;
using NudgeBot.FakeTeams.Faults;

namespace NudgeBot.FakeTeams.Limits;

/// <summary>Counts calls and refuses what is too many. Used while the world's gate is held.</summary>
sealed class RateLimits(RateLimitOptions options, TeamsTime time)
{
    readonly SlidingWindow _app = new(options.PerSecond, time.Shortened(Duration.FromSeconds(1)));
    readonly Dictionary<string, SlidingWindow[]> _conversations = [];
    readonly Dictionary<Operation, CallCount> _counts = [];

    public IReadOnlyDictionary<Operation, CallCount> Counts => _counts.ToDictionary();

    /// <summary>For what has no limit here.</summary>
    public void Count(Operation operation) => Count(operation, throttled: false);

    /// <param name="conversation">Null for what concerns no messages.</param>
    /// <returns>How long to wait, in the clock's own time; null where the call may go on.</returns>
    public Duration? Refuses(Operation operation, string? conversation)
    {
        var now = time.Now;
        SlidingWindow[] windows = conversation is null ? [_app] : [_app, .. Of(conversation)];
        var wait = windows.Max(window => window.WaitFrom(now));
        var refused = options.Enforced && wait > Duration.Zero;
        Count(operation, refused);
        if (refused) return wait;
        foreach (var window in windows) window.Take(now);
        return null;
    }

    void Count(Operation operation, bool throttled)
    {
        var count = _counts.GetValueOrDefault(operation, new CallCount(0, 0));
        _counts[operation] = new CallCount(count.Calls + 1, count.Throttled + (throttled ? 1 : 0));
    }

    SlidingWindow[] Of(string conversation) => _conversations.TryGetValue(conversation, out var windows)
        ? windows
        : _conversations[conversation] = [.. options.PerConversation.Select(limit => new SlidingWindow(limit.Most, time.Shortened(Duration.FromSeconds(limit.Seconds))))];
}
