using NodaTime;
using NudgeBot.FakeSlack.WebApi;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.Calling;

/// <summary>What lets an app open a modal: it comes with what a person did, lives three seconds and works once.</summary>
sealed class Triggers(SlackTime time, SlackWorld world)
{
    static readonly Duration Life = Duration.FromSeconds(3);
    readonly Dictionary<string, Trigger> _known = [];

    public string New(User by)
    {
        lock (world.Gate)
        {
            var id = $"{time.Now.ToUnixTimeMilliseconds()}.{_known.Count}.{Ids.Secret(16)}";
            _known.Add(id, new Trigger(by.Id, time.After(Life)));
            return id;
        }
    }

    public User Exchange(string? id)
    {
        if (id is null) throw SlackRefusal.Missing("trigger_id");
        if (!_known.TryGetValue(id, out var trigger)) throw new SlackRefusal("invalid_trigger_id");
        if (trigger.Used) throw new SlackRefusal("exchanged_trigger_id");
        if (trigger.Until < time.Now) throw new SlackRefusal("expired_trigger_id");
        trigger.Used = true;
        return world.Users[trigger.UserId];
    }

    sealed record Trigger(string UserId, Instant Until)
    {
        public bool Used { get; set; }
    }
}
