using System.Text.Json.Nodes;
using NodaTime;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.Calling;

/// <summary>The Events API: what happens in a workspace is told to the app, again and again until it acknowledges.</summary>
public sealed class Events(FakeSlackServer server)
{
    /// <summary>Before the first, second and third retry.</summary>
    static readonly Duration[] Pauses = [Duration.Zero, Duration.FromMinutes(1), Duration.FromMinutes(5)];

    readonly Lock _gate = new();
    readonly List<Delivery> _held = [];
    bool _holds;
    int _duplicates;

    internal bool CanBeSent => server.App.UsesSocketMode || server.App.EventsUrl is not null;

    /// <summary>The next events come twice, with the same <c>event_id</c>, as Slack sends them when it missed an acknowledgement.</summary>
    public void DuplicateNext(int events = 1)
    {
        lock (_gate) _duplicates += events;
    }

    /// <summary>Events are kept back until they are released.</summary>
    public void Hold()
    {
        lock (_gate) _holds = true;
    }

    /// <summary>Sends what was kept back, one after another; the last first where the order is to be wrong.</summary>
    public async Task ReleaseAsync(bool lastFirst = false)
    {
        List<Delivery> released;
        lock (_gate)
        {
            released = [.. _held];
            _held.Clear();
            _holds = false;
        }
        if (lastFirst) released.Reverse();
        foreach (var delivery in released) await SendAsync(delivery);
    }

    /// <summary>Comes back after the first attempt; retries go on by themselves (<see cref="Delivery.Settled"/>).</summary>
    internal async Task<Delivery> TellAsync(Team team, JsonObject happened)
    {
        var delivery = server.AppRequests.Begin(DeliveryKind.Event, Wrapped(team, happened));
        bool twice;
        lock (_gate)
        {
            if (_holds)
            {
                _held.Add(delivery);
                return delivery;
            }
            twice = _duplicates > 0 && _duplicates-- > 0;
        }
        await SendAsync(delivery);
        if (twice) await server.AppRequests.AttemptAsync(delivery, retry: 1, "http_timeout");
        return delivery;
    }

    async Task SendAsync(Delivery delivery)
    {
        var attempt = await server.AppRequests.AttemptAsync(delivery, retry: 0, failureBefore: null);
        if (attempt.Acknowledged || attempt.ForbidsRetry) delivery.Settle();
        else server.Run(() => RetryAsync(delivery, attempt));
    }

    async Task RetryAsync(Delivery delivery, Attempt failed)
    {
        for (var retry = 1; retry <= Pauses.Length && !failed.Acknowledged && !failed.ForbidsRetry; retry++)
        {
            await server.Time.WaitAsync(Pauses[retry - 1], server.Stopping);
            failed = await server.AppRequests.AttemptAsync(delivery, retry, failed.Failure);
        }
        delivery.Settle();
    }

    JsonObject Wrapped(Team team, JsonObject happened) => new()
    {
        ["token"] = server.App.VerificationToken,
        ["team_id"] = team.Id,
        ["context_team_id"] = team.Id,
        ["context_enterprise_id"] = null,
        ["api_app_id"] = server.App.Id,
        ["event"] = happened,
        ["type"] = "event_callback",
        ["event_id"] = server.World.Ids.Next("Ev"),
        ["event_time"] = server.Time.Now.ToUnixTimeSeconds(),
        ["authorizations"] = new JsonArray(new JsonObject
        {
            ["enterprise_id"] = null,
            ["team_id"] = team.Id,
            ["user_id"] = team.Bot?.Id,
            ["is_bot"] = true,
            ["is_enterprise_install"] = false,
        }),
        ["is_ext_shared_channel"] = false,
        ["event_context"] = $"4-{Ids.Secret(24)}",
    };

    internal JsonObject MessageEvent(Message message, Channel channel, Team team)
    {
        var told = Shapes.Of(message, channel, team, server.App, withMetadata: true);
        told["channel"] = channel.Id;
        told["event_ts"] = message.Ts;
        told["channel_type"] = channel.Kind switch { ChannelKind.Public => "channel", ChannelKind.Private => "group", ChannelKind.Direct => "im" };
        return told;
    }
}
