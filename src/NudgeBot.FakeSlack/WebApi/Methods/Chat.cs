using System.Text.Json.Nodes;
using NudgeBot.FakeSlack.BlockKit;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.WebApi.Methods;

static class Chat
{
    public const int LongestText = 40_000;

    public static JsonObject PostMessage(ApiCall call)
    {
        var channel = ChannelOrPerson(call, call.Arguments.Required("channel"));
        if (channel.IsArchived) throw new SlackRefusal("is_archived");
        if (!channel.Members.Contains(call.Team.Bot!.Id) && !(channel.Kind == ChannelKind.Public && call.Has("chat:write.public"))) throw new SlackRefusal("not_in_channel");
        var message = Compose(call, channel, ephemeralFor: null);
        channel.Messages.Add(message);
        if (message.ThreadTs is { } root && channel.Find(root) is { } parent) parent.ThreadTs = root;
        call.Server.TellOfBotMessage(call.Team, channel, message);
        return Answer(call, channel, message);
    }

    public static JsonObject PostEphemeral(ApiCall call)
    {
        var channel = call.Channel(call.Arguments.Required("channel"));
        var user = call.User(call.Arguments.Required("user"));
        if (channel.IsArchived) throw new SlackRefusal("is_archived");
        if (!channel.Members.Contains(user.Id)) throw new SlackRefusal("user_not_in_channel");
        var message = Compose(call, channel, user.Id);
        channel.Messages.Add(message);
        return new JsonObject { ["message_ts"] = message.Ts };
    }

    public static JsonObject Update(ApiCall call)
    {
        var (channel, message) = OwnMessage(call, "cant_update_message");
        if (channel.IsArchived) throw new SlackRefusal("is_inactive");
        var content = Content.Read(call.Arguments);
        message.Blocks = content.Blocks ?? (call.Arguments.Text("text") is null ? message.Blocks : null);
        message.Attachments = content.Attachments;
        message.Text = content.Text;
        if (content.Metadata is { } metadata) message.Metadata = metadata.Count == 0 ? null : metadata;
        message.Edited = call.World.NextTs();
        var answer = Answer(call, channel, message);
        answer["text"] = message.Text;
        return answer;
    }

    public static JsonObject Delete(ApiCall call)
    {
        var (channel, message) = OwnMessage(call, "cant_delete_message");
        channel.Messages.Remove(message);
        return new JsonObject { ["channel"] = channel.Id, ["ts"] = message.Ts };
    }

    /// <summary>A person's id stands for the direct channel with them. Posting to somebody deactivated succeeds, as at Slack.</summary>
    static Channel ChannelOrPerson(ApiCall call, string id) =>
        id[0] is 'U' or 'W' && call.World.Users.TryGetValue(id, out var user) && user.TeamId == call.Team.Id
            ? user.IsBot ? throw new SlackRefusal("cannot_dm_bot") : call.World.OpenDirect(call.Team, user)
            : call.Channel(id);

    static (Channel, Message) OwnMessage(ApiCall call, string errorIfNot)
    {
        var channel = call.Channel(call.Arguments.Required("channel"));
        var message = channel.Find(call.Arguments.Required("ts"));
        if (message is null || message.EphemeralFor is not null) throw new SlackRefusal("message_not_found");
        return message.BotId == call.Team.BotId ? (channel, message) : throw new SlackRefusal(errorIfNot);
    }

    static Message Compose(ApiCall call, Channel channel, string? ephemeralFor)
    {
        var content = Content.Read(call.Arguments);
        var thread = call.Arguments.Text("thread_ts");
        if (thread is not null && ephemeralFor is null && channel.Find(thread) is null) throw new SlackRefusal("thread_not_found");
        return new Message
        {
            Ts = call.World.NextTs(),
            At = call.Server.Host.Clock(),
            ChannelId = channel.Id,
            UserId = call.Team.Bot!.Id,
            BotId = call.Team.BotId,
            ThreadTs = thread,
            Broadcast = thread is not null && call.Arguments.Flag("reply_broadcast"),
            Text = content.Text,
            Blocks = content.Blocks,
            Attachments = content.Attachments,
            Metadata = content.Metadata,
            EphemeralFor = ephemeralFor,
        };
    }

    static JsonObject Answer(ApiCall call, Channel channel, Message message) => new()
    {
        ["channel"] = channel.Id,
        ["ts"] = message.Ts,
        ["message"] = Shapes.Of(message, channel, call.Team, call.App, withMetadata: true),
    };
}
