using System.Text.Json.Nodes;
using NudgeBot.FakeTeams.World;

namespace NudgeBot.FakeTeams.Connector;

/// <summary>What the bot writes.</summary>
static class Conversing
{
    /// <summary>A personal chat with one member, or a new thread in a channel.</summary>
    public static Answer Create(Call call)
    {
        if (call.Body["bot"] is not null && call.Body["bot"].Text("id") is { } bot && bot != call.Server.Bot.Id && bot != call.Server.Bot.AppId)
            throw ConnectorRefusal.Bad("The bot's id is not that of the token.");
        return call.Body["channelData"]?["channel"].Text("id") is { } channel ? NewThread(call, channel) : PersonalChat(call);
    }

    static Answer NewThread(Call call, string id)
    {
        if (call.Body["activity"] is not JsonObject activity) throw ConnectorRefusal.Bad("A conversation in a channel needs an activity.");
        var message = Write(call.In(id), activity, replyTo: null) ?? throw ConnectorRefusal.Bad("A conversation in a channel begins with a message.");
        return new Answer(201, new JsonObject { ["id"] = message.In.IdOf(message), ["activityId"] = message.Id });
    }

    static Answer PersonalChat(Call call)
    {
        var tenant = call.Body.Text("tenantId") ?? call.Body["channelData"]?["tenant"].Text("id");
        if (tenant is null) throw ConnectorRefusal.Bad("tenantId is missing.");
        if (tenant != call.Server.Bot.TenantId) throw new ConnectorRefusal(403, "BotNotRegistered", "The bot is not registered in this tenant.");
        if (call.Body["isGroup"] is JsonValue group && group.TryGetValue<bool>(out var isGroup) && isGroup) throw ConnectorRefusal.Bad("Bots cannot create group chats.");
        if (call.Body["members"] is not JsonArray { Count: 1 } members) throw ConnectorRefusal.Bad("A personal chat has exactly one member.");
        if (call.World.FindPerson(members[0].Text("id")) is not { } person) throw ConnectorRefusal.Bad("The member is not known. A user principal name is no id.");
        if (!person.Installed) throw ConnectorRefusal.NotInRoster();
        var chat = call.World.OpenChat(person);
        var answer = new JsonObject { ["id"] = chat.Id };
        if (call.Body["activity"] is JsonObject first && Write(call.In(chat.Id), first, replyTo: null) is { } message) answer["activityId"] = message.Id;
        return new Answer(201, answer);
    }

    public static Answer Send(Call call) => Written(Write(call, call.Body, replyTo: null), call);

    public static Answer Reply(Call call)
    {
        var to = call.Conversation.Find(call.Path("activity")) ?? throw ConnectorRefusal.NoActivity();
        return Written(Write(call, call.Body, to), call);
    }

    public static Answer Update(Call call)
    {
        var message = Own(call);
        ActivityRules.Check(call.Body);
        message.Replace(call.Body);
        return new Answer(200, new JsonObject { ["id"] = message.Id });
    }

    public static Answer Delete(Call call)
    {
        var message = Own(call);
        message.In.Messages.Remove(message);
        return new Answer(200, null);
    }

    static Answer Written(Message? message, Call call) => new(201, new JsonObject { ["id"] = message?.Id ?? call.World.Ids.NextMessage() });

    static Message Own(Call call)
    {
        var message = call.Writable.Find(call.Path("activity")) ?? throw ConnectorRefusal.NoActivity();
        return message.From is null ? message : throw new ConnectorRefusal(403, "NotEnoughPermissions", "The message is not the bot's.");
    }

    /// <returns>Null for a sign of typing, which leaves nothing.</returns>
    static Message? Write(Call call, JsonObject activity, Message? replyTo)
    {
        var conversation = call.Writable;
        ActivityRules.Check(activity);
        var thread = replyTo?.ThreadId ?? call.ThreadId;
        if (thread is not null && conversation.Team is not null && conversation.Find(thread) is null) throw ConnectorRefusal.NoConversation();
        if (activity.Text("type") == "typing") return null;
        var id = call.World.Ids.NextMessage();
        var message = new Message
        {
            Id = id,
            In = conversation,
            ThreadId = conversation.Team is null ? id : thread ?? id,
            ReplyToId = replyTo?.Id,
            Activity = activity.DeepClone().AsObject(),
        };
        conversation.Messages.Add(message);
        return message;
    }
}
