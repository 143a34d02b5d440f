using System.Text.Json.Nodes;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack.WebApi.Methods;

static class History
{
    /// <summary>Newest first, without what stands only in threads.</summary>
    public static JsonObject Of(ApiCall call)
    {
        var channel = Readable(call);
        var shown = channel.Messages.Where(message => message.EphemeralFor is null && (message.ThreadTs is null || message.ThreadTs == message.Ts || message.Broadcast));
        var from = Cursor.Read(call.Arguments.Text("cursor"), "next_ts");
        var limit = Cursor.Page(call.Arguments, 100, 999);
        var page = Between(call, shown).Where(message => from is null || string.CompareOrdinal(message.Ts, from) <= 0).Reverse().Take(limit + 1).ToList();
        var answer = Answer(call, channel, page, limit);
        answer["pin_count"] = 0;
        if (call.Arguments.Text("latest") is { } latest) answer["latest"] = latest;
        if (call.Arguments.Text("oldest") is { } oldest) answer["oldest"] = oldest;
        return answer;
    }

    /// <summary>The message that began the thread, then the replies, oldest first.</summary>
    public static JsonObject Replies(ApiCall call)
    {
        var channel = Readable(call);
        var root = call.Arguments.Required("ts");
        if (channel.Find(root) is not { EphemeralFor: null } parent) throw new SlackRefusal("thread_not_found");
        var from = Cursor.Read(call.Arguments.Text("cursor"), "next_ts") ?? "";
        var limit = Cursor.Page(call.Arguments, 1000, 1000);
        var thread = channel.Messages.Where(message => message != parent && message.ThreadTs == (parent.ThreadTs ?? root) && message.EphemeralFor is null);
        var page = Between(call, thread).Where(message => string.CompareOrdinal(message.Ts, from) >= 0).Prepend(parent).Take(limit + 1).ToList();
        return Answer(call, channel, page, limit);
    }

    static Channel Readable(ApiCall call)
    {
        var channel = call.Channel(call.Arguments.Required("channel"));
        call.Need(ApiCall.ScopeFor(channel.Kind, "history"));
        return channel.Members.Contains(call.Team.Bot!.Id) ? channel : throw new SlackRefusal("not_in_channel");
    }

    static IEnumerable<Message> Between(ApiCall call, IEnumerable<Message> messages)
    {
        var oldest = Ts(call, "oldest") ?? 0;
        var latest = Ts(call, "latest") ?? decimal.MaxValue;
        var inclusive = call.Arguments.Flag("inclusive");
        return messages.Where(message => decimal.Parse(message.Ts) is var ts
            && (ts > oldest || (inclusive && ts == oldest)) && (ts < latest || (inclusive && ts == latest)));
    }

    static decimal? Ts(ApiCall call, string name) =>
        call.Arguments.Text(name) is not { } text ? null
        : decimal.TryParse(text, out var ts) ? ts
        : throw new SlackRefusal($"invalid_ts_{name}");

    static JsonObject Answer(ApiCall call, Channel channel, List<Message> page, int limit)
    {
        var answer = new JsonObject
        {
            ["messages"] = new JsonArray([.. page.Take(limit).Select(message =>
                (JsonNode)Shapes.Of(message, channel, call.Team, call.App, call.Arguments.Flag("include_all_metadata")))]),
            ["has_more"] = page.Count > limit,
        };
        if (page.Count > limit) answer["response_metadata"] = new JsonObject { ["next_cursor"] = Cursor.Of("next_ts", page[limit].Ts) };
        return answer;
    }
}
