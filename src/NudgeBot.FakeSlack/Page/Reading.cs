using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.Page;

/// <summary>How far each user has read on the page. Used while the world's gate is held.</summary>
sealed class Reading
{
    readonly Dictionary<(string User, string Channel), string> _readTo = [];

    public void Seen(User user, Channel channel)
    {
        if (channel.Messages.Count > 0) _readTo[(user.Id, channel.Id)] = channel.Messages[^1].Ts;
    }

    public void SeenAll(SlackWorld world)
    {
        foreach (var channel in world.Channels.Values)
            foreach (var member in channel.Members)
                Seen(world.Users[member], channel);
    }

    /// <summary>Messages of others that this user has not seen.</summary>
    public int Unread(User user, Channel channel)
    {
        var readTo = _readTo.GetValueOrDefault((user.Id, channel.Id), "");
        return channel.Messages.Count(message => string.CompareOrdinal(message.Ts, readTo) > 0 && message.UserId != user.Id && message.IsSeenBy(user));
    }
}
