using NodaTime;
using NudgeBot.FakeSlack.WebApi;

namespace NudgeBot.FakeSlack.Limits;

/// <summary>Counts calls and refuses what is too many. Used while the world's gate is held.</summary>
sealed class RateLimits(RateLimitOptions options, SlackTime time)
{
    readonly Dictionary<(string Team, string Method), SlidingWindow> _methods = [];
    readonly Dictionary<string, Bucket> _channels = [];
    readonly Dictionary<string, CallCount> _counts = [];

    public IReadOnlyDictionary<string, CallCount> Counts => _counts.ToDictionary();

    /// <param name="team">Empty for methods that belong to no workspace.</param>
    /// <param name="channel">Of <c>chat.postMessage</c>.</param>
    /// <returns>How long to wait, in the clock's own time; null where the call may go on.</returns>
    public Duration? Refuses(ApiMethod method, string team, string? channel)
    {
        var count = _counts.GetValueOrDefault(method.Name, new CallCount(0, 0));
        var now = time.Now;
        var window = Window(method, team);
        var bucket = method.Name == "chat.postMessage" && channel is not null ? ChannelBucket($"{team} {channel}") : null;
        var wait = Duration.Max(window.WaitFrom(now), bucket?.WaitFrom(now) ?? Duration.Zero);
        if (options.Enforced && wait > Duration.Zero)
        {
            _counts[method.Name] = new CallCount(count.Calls + 1, count.Throttled + 1);
            return wait;
        }
        window.Take(now);
        bucket?.Take(now);
        _counts[method.Name] = count with { Calls = count.Calls + 1 };
        return null;
    }

    SlidingWindow Window(ApiMethod method, string team)
    {
        if (_methods.TryGetValue((team, method.Name), out var window)) return window;
        var most = options.CallsPerMinute.TryGetValue(method.Name, out var chosen) ? chosen
            : method.Name == "chat.postMessage" ? options.MessagesPerMinute
            : method.PerMinute;
        return _methods[(team, method.Name)] = new SlidingWindow(most, time.Shortened(Duration.FromMinutes(1) / options.Times));
    }

    Bucket ChannelBucket(string key) => _channels.TryGetValue(key, out var bucket)
        ? bucket
        : _channels[key] = new Bucket(time.Shortened(Duration.FromSeconds(1) / (options.MessagesPerSecondAndChannel * options.Times)), options.MessageBurst);
}
