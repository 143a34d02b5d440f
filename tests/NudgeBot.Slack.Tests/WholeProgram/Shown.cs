using System.Text.Json.Nodes;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.Slack.Tests.WholeProgram;

/// <summary>What can be read in Slack's window: all words, those on buttons and options too.</summary>
static class Shown
{
    public static string Text(Message message) => message.Blocks is { } blocks ? Text(blocks) : message.Text;

    public static string Text(JsonArray blocks) => string.Join('\n', blocks.SelectMany(Words));

    static IEnumerable<string> Words(JsonNode? node) => node switch
    {
        JsonObject thing when thing["text"] is JsonValue text => [(string)text!],
        JsonObject thing => thing.Where(field => field.Key is not "metadata").SelectMany(field => Words(field.Value)),
        JsonArray several => several.SelectMany(Words),
        _ => [],
    };
}
