using System.Text.Json.Nodes;
using NudgeBot.FakeTeams.World;

namespace NudgeBot.FakeTeams.Calling;

/// <summary>People who do things in Teams: each is told to the bot as Teams would. All come back when the bot has answered, or has failed to.</summary>
public sealed partial class ActingPeople(FakeTeamsServer server)
{
    readonly Activities _activities = new(server);

    /// <summary>For the person alone; the bot is told twice, in two ways, as by Teams.</summary>
    public Task<IReadOnlyList<Delivery>> InstallAsync(Person person) => TellOfInstallationAsync(person, server.World.GiveApp(person), added: true);

    /// <summary>Of a personal chat nothing but the end is told.</summary>
    public async Task<Delivery> UninstallAsync(Person person)
    {
        Conversation chat;
        lock (server.World.Gate)
        {
            person.Installed = false;
            chat = server.World.OpenChat(person);
        }
        var activity = _activities.Of("installationUpdate", person, chat);
        activity["action"] = "remove";
        return await server.Deliveries.SendAsync(activity);
    }

    /// <summary>In a team, by one of its members.</summary>
    public Task<IReadOnlyList<Delivery>> InstallAsync(Team team, Person by)
    {
        lock (server.World.Gate) team.Installed = true;
        return TellOfInstallationAsync(by, team.Channels[0], added: true);
    }

    public Task<IReadOnlyList<Delivery>> UninstallAsync(Team team, Person by)
    {
        lock (server.World.Gate) team.Installed = false;
        return TellOfInstallationAsync(by, team.Channels[0], added: false);
    }

    async Task<IReadOnlyList<Delivery>> TellOfInstallationAsync(Person by, Conversation where, bool added)
    {
        var members = _activities.Of("conversationUpdate", by, where);
        members[added ? "membersAdded" : "membersRemoved"] = new JsonArray(new JsonObject { ["id"] = server.Bot.Id });
        if (where.Team is not null) members["channelData"]!["eventType"] = added ? "teamMemberAdded" : "teamMemberRemoved";
        var installation = _activities.Of("installationUpdate", by, where);
        installation["action"] = added ? "add" : "remove";
        return [await server.Deliveries.SendAsync(members), await server.Deliveries.SendAsync(installation)];
    }

    /// <summary>Types something in the personal chat.</summary>
    public async Task<Delivery> SayAsync(Person person, string text)
    {
        JsonObject activity;
        lock (server.World.Gate)
        {
            if (!person.Installed) throw new InvalidOperationException($"{person.Name} has no chat with the bot: the app is not installed.");
            var message = Write(person, server.World.OpenChat(person), text, thread: null);
            activity = Typed(message, text);
        }
        return await server.Deliveries.SendAsync(activity);
    }

    /// <summary>Says something to the bot in a channel, in a thread or at the beginning of one.</summary>
    public async Task<Delivery> MentionAsync(Person person, Conversation channel, string text, Message? thread = null)
    {
        if (channel.Team is not { Installed: true }) throw new InvalidOperationException("There is no bot to be mentioned: the app is not in this team.");
        JsonObject activity;
        lock (server.World.Gate)
        {
            var mention = $"<at>{server.Bot.Name}</at>";
            var message = Write(person, channel, $"{mention} {text}", thread);
            activity = Typed(message, $"{mention} {text}");
            activity["entities"]!.AsArray().Add(new JsonObject
            {
                ["type"] = "mention",
                ["text"] = mention,
                ["mentioned"] = new JsonObject { ["id"] = server.Bot.Id, ["name"] = server.Bot.Name },
            });
        }
        return await server.Deliveries.SendAsync(activity);
    }

    /// <param name="kind"><c>like</c>, <c>heart</c>, <c>laugh</c>, <c>surprised</c>, <c>sad</c> or <c>angry</c>. Done again, it is taken back.</param>
    public async Task<Delivery> ReactAsync(Person person, Message message, string kind = "like")
    {
        var activity = _activities.ByClient("messageReaction", person, message.In, message);
        lock (server.World.Gate)
        {
            var added = message.Reactions.Add((person, kind)) || !message.Reactions.Remove((person, kind));
            activity[added ? "reactionsAdded" : "reactionsRemoved"] = new JsonArray(new JsonObject { ["type"] = kind });
        }
        activity["replyToId"] = message.Id;
        return await server.Deliveries.SendAsync(activity);
    }

    Message Write(Person person, Conversation conversation, string text, Message? thread)
    {
        var id = server.World.Ids.NextMessage();
        var message = new Message
        {
            Id = id,
            In = conversation,
            From = person,
            ThreadId = thread?.ThreadId ?? id,
            Activity = new JsonObject { ["type"] = "message", ["text"] = text, ["textFormat"] = "plain" },
        };
        conversation.Messages.Add(message);
        return message;
    }

    JsonObject Typed(Message message, string text)
    {
        var activity = _activities.ByClient("message", message.From!, message.In, message, message.Id);
        activity["text"] = text;
        activity["textFormat"] = "plain";
        activity["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "text/html", ["content"] = $"<p>{System.Net.WebUtility.HtmlEncode(text)}</p>" });
        return activity;
    }
}
