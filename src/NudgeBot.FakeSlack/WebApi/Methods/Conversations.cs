using System.Text.Json.Nodes;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.WebApi.Methods;

static class Conversations
{
    /// <summary>Of one direct channel; conversations of several people are not known here.</summary>
    public static JsonObject Open(ApiCall call)
    {
        if (call.Arguments.Text("channel") is { } known)
        {
            var resumed = call.Channel(known);
            return resumed.Kind == ChannelKind.Direct ? Answer(call, resumed, wasOpen: true) : throw new SlackRefusal("method_not_supported_for_channel_type");
        }
        var names = call.Arguments.Text("users")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (names.Length == 0) throw new SlackRefusal("users_list_not_supplied");
        if (names.Length > 1) throw new SlackRefusal("too_many_users");
        var user = call.User(names[0]);
        if (user.IsBot) throw new SlackRefusal("cannot_dm_bot");
        if (user.Deleted) throw new SlackRefusal("user_disabled");
        var open = call.World.DirectChannel(user);
        if (open is null && call.Arguments.Flag("prevent_creation")) throw new SlackRefusal("channel_not_found");
        return Answer(call, open ?? call.World.OpenDirect(call.Team, user), open is not null);
    }

    static JsonObject Answer(ApiCall call, Channel channel, bool wasOpen)
    {
        var answer = new JsonObject();
        if (wasOpen) (answer["no_op"], answer["already_open"]) = (true, true);
        answer["channel"] = call.Arguments.Flag("return_im") ? Shapes.Of(channel, call.Team, call.World) : new JsonObject { ["id"] = channel.Id };
        return answer;
    }

    public static JsonObject Info(ApiCall call)
    {
        var channel = call.Channel(call.Arguments.Required("channel"));
        call.Need(ApiCall.ScopeFor(channel.Kind, "read"));
        var shape = Shapes.Of(channel, call.Team, call.World);
        if (!call.Arguments.Flag("include_num_members")) shape.Remove("num_members");
        return new JsonObject { ["channel"] = shape };
    }

    public static JsonObject List(ApiCall call)
    {
        var kinds = (call.Arguments.Text("types") ?? "public_channel").Split(',').Select(Kind).OfType<ChannelKind>().ToHashSet();
        foreach (var kind in kinds) call.Need(ApiCall.ScopeFor(kind, "read"));
        var after = Cursor.Read(call.Arguments.Text("cursor"), "team") ?? "";
        var limit = Cursor.Page(call.Arguments, 100, 1000);
        var rest = call.Team.Channels
            .Where(channel => kinds.Contains(channel.Kind) && string.CompareOrdinal(channel.Id, after) >= 0)
            .Where(channel => channel.Kind == ChannelKind.Public || channel.Members.Contains(call.Team.Bot!.Id))
            .Where(channel => !channel.IsArchived || !call.Arguments.Flag("exclude_archived"))
            .OrderBy(channel => channel.Id, StringComparer.Ordinal)
            .Take(limit + 1).ToList();
        return new JsonObject
        {
            ["channels"] = new JsonArray([.. rest.Take(limit).Select(channel => (JsonNode)Shapes.Of(channel, call.Team, call.World))]),
            ["response_metadata"] = new JsonObject { ["next_cursor"] = rest.Count > limit ? Cursor.Of("team", rest[limit].Id) : "" },
        };
    }

    static ChannelKind? Kind(string type) => type.Trim() switch
    {
        "public_channel" => ChannelKind.Public,
        "private_channel" => ChannelKind.Private,
        "im" => ChannelKind.Direct,
        "mpim" => null,
        _ => throw new SlackRefusal("invalid_types"),
    };

    public static JsonObject Join(ApiCall call)
    {
        var channel = call.Channel(call.Arguments.Required("channel"));
        if (channel.Kind != ChannelKind.Public) throw new SlackRefusal("method_not_supported_for_channel_type");
        if (channel.IsArchived) throw new SlackRefusal("is_archived");
        var answer = new JsonObject();
        if (!channel.Members.Add(call.Team.Bot!.Id))
        {
            answer["warning"] = "already_in_channel";
            answer["response_metadata"] = new JsonObject { ["warnings"] = new JsonArray("already_in_channel") };
        }
        answer["channel"] = Shapes.Of(channel, call.Team, call.World);
        return answer;
    }
}
