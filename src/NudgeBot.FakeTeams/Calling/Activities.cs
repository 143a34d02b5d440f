using System.Text.Json.Nodes;
using NodaTime.Text;
using NudgeBot.FakeTeams.World;

namespace NudgeBot.FakeTeams.Calling;

/// <summary>How Teams writes what happens, after the examples in its documents.</summary>
sealed class Activities(FakeTeamsServer server)
{
    static readonly InstantPattern Utc = InstantPattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss'.'fff'Z'");

    /// <summary>An event: from somebody without a name, as Teams writes those.</summary>
    /// <param name="thread">A message in it; null where it is none of a channel's threads.</param>
    public JsonObject Of(string type, Person from, Conversation conversation, Message? thread = null, string? id = null) => new()
    {
        ["type"] = type,
        ["id"] = id ?? Ids.NewEvent(),
        ["timestamp"] = Utc.Format(server.Time.Now),
        ["channelId"] = "msteams",
        ["serviceUrl"] = server.ServiceUrl.ToString(),
        ["from"] = new JsonObject { ["id"] = from.Id, ["aadObjectId"] = from.AadObjectId },
        ["recipient"] = new JsonObject { ["id"] = server.Bot.Id, ["name"] = server.Bot.Name },
        ["conversation"] = Where(conversation, thread),
        ["channelData"] = ChannelData(conversation),
        ["entities"] = new JsonArray(),
    };

    /// <summary>What a person does in a client: that adds the name, the language and the zone.</summary>
    public JsonObject ByClient(string type, Person from, Conversation conversation, Message? thread = null, string? id = null)
    {
        var activity = Of(type, from, conversation, thread, id);
        activity["from"]!["name"] = from.Name;
        activity["locale"] = from.Locale;
        activity["localTimezone"] = from.Zone;
        activity["entities"]!.AsArray().Add(new JsonObject { ["type"] = "clientInfo", ["locale"] = from.Locale, ["country"] = "DE", ["platform"] = "Web", ["timezone"] = from.Zone });
        return activity;
    }

    public JsonObject Invoke(string name, Person from, Message at, JsonObject value)
    {
        var activity = ByClient("invoke", from, at.In, at);
        activity["name"] = name;
        activity["replyToId"] = at.Id;
        activity["value"] = value;
        return activity;
    }

    JsonObject Where(Conversation conversation, Message? thread)
    {
        var where = new JsonObject
        {
            ["conversationType"] = conversation.Team is null ? "personal" : "channel",
            ["tenantId"] = server.Bot.TenantId,
            ["id"] = conversation.IdOf(thread),
        };
        if (conversation.Team is not null) where["isGroup"] = true;
        return where;
    }

    JsonObject ChannelData(Conversation conversation)
    {
        var data = new JsonObject { ["tenant"] = new JsonObject { ["id"] = server.Bot.TenantId } };
        if (conversation.Team is not { } team) return data;
        data["teamsChannelId"] = conversation.Id;
        data["teamsTeamId"] = team.Id;
        data["channel"] = new JsonObject { ["id"] = conversation.Id };
        data["team"] = new JsonObject { ["id"] = team.Id, ["name"] = team.Name, ["aadGroupId"] = team.AadGroupId };
        return data;
    }
}
