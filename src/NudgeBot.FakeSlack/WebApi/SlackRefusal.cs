using System.Text.Json.Nodes;

namespace NudgeBot.FakeSlack.WebApi;

/// <summary>Slack's "no": HTTP 200 with <c>"ok": false</c>, an error in one word and sometimes more.</summary>
sealed class SlackRefusal(string error, JsonObject? more = null) : Exception(error)
{
    public JsonObject Answer()
    {
        var answer = new JsonObject { ["ok"] = false, ["error"] = Message };
        foreach (var (field, value) in more ?? []) answer[field] = value?.DeepClone();
        return answer;
    }

    public static SlackRefusal Scope(string needed, IEnumerable<string> provided) =>
        new("missing_scope", new JsonObject { ["needed"] = needed, ["provided"] = string.Join(',', provided) });

    public static SlackRefusal Arguments(params IEnumerable<string> messages) => new("invalid_arguments", Metadata(messages));

    public static SlackRefusal Missing(string field) => Arguments($"missing required field: {field}");

    /// <summary>With what is wrong where, as Block Kit's checks say it.</summary>
    public static SlackRefusal Blocks(IReadOnlyList<string> messages)
    {
        var more = Metadata(messages);
        more["errors"] = new JsonArray([.. messages.Select(message => (JsonNode)message)]);
        return new SlackRefusal("invalid_blocks", more);
    }

    static JsonObject Metadata(IEnumerable<string> messages) =>
        new() { ["response_metadata"] = new JsonObject { ["messages"] = new JsonArray([.. messages.Select(message => (JsonNode)$"[ERROR] {message}")]) } };
}
