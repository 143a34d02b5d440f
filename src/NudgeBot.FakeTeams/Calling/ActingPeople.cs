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
    /// <param name="files">Teams puts them into the person's OneDrive, and tells the bot where they are read without any token.</param>
    public async Task<Delivery> SayAsync(Person person, string text, params IReadOnlyList<(string Name, byte[] Content)> files)
    {
        JsonObject activity;
        lock (server.World.Gate)
        {
            if (!person.Installed) throw new InvalidOperationException($"{person.Name} has no chat with the bot: the app is not installed.");
            var message = Write(person, server.World.OpenChat(person), text, thread: null);
            activity = Typed(message, text);
            foreach (var (name, content) in files) activity["attachments"]!.AsArray().Add(Uploaded(name, content));
        }
        return await server.Deliveries.SendAsync(activity);
    }

    JsonObject Uploaded(string name, byte[] content)
    {
        var id = Guid.NewGuid().ToString("N");
        server.World.Files.Add(id, content);
        return new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.teams.file.download.info",
            ["contentUrl"] = $"https://acme-my.sharepoint.com/personal/{Uri.EscapeDataString(name)}",
            ["name"] = name,
            ["content"] = new JsonObject { ["downloadUrl"] = new Uri(server.Address, $"download/{id}?tempauth=fake").AbsoluteUri, ["uniqueId"] = id, ["fileType"] = Path.GetExtension(name).TrimStart('.') },
        };
    }

    /// <summary>Says something to the bot in a channel, in a thread or at the beginning of one; <c>@Anna Bauer</c> names one of the channel's members.</summary>
    public async Task<Delivery> MentionAsync(Person person, Conversation channel, string text, Message? thread = null)
    {
        if (channel.Team is not { Installed: true }) throw new InvalidOperationException("There is no bot to be mentioned: the app is not in this team.");
        JsonObject activity;
        lock (server.World.Gate)
        {
            var named = channel.Members.Where(member => text.Contains($"@{member.Name}")).ToList();
            text = named.Aggregate($"<at>{server.Bot.Name}</at> {text}", (said, member) => said.Replace($"@{member.Name}", $"<at>{member.Name}</at>"));
            var message = Write(person, channel, text, thread);
            activity = Typed(message, text);
            foreach (var (id, name) in named.Select(member => (member.Id, member.Name)).Prepend((server.Bot.Id, server.Bot.Name)))
                activity["entities"]!.AsArray().Add(new JsonObject { ["type"] = "mention", ["text"] = $"<at>{name}</at>", ["mentioned"] = new JsonObject { ["id"] = id, ["name"] = name } });
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
