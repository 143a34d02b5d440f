using System.Text.Json.Nodes;

namespace NudgeBot.Teams.Tests.WholeProgram;

/// <summary>What can be read in Teams' window: all words, those on buttons and choices too.</summary>
static class ShownOnCards
{
    public static string Text(JsonNode? card) => string.Join('\n', Words(card).Where(words => words.Length > 0));

    public static IEnumerable<string> Buttons(JsonNode? card) => Parts(card).Where(part => ((string?)part["type"])!.StartsWith("Action.")).Select(part => (string)part["title"]!);

    static IEnumerable<string> Words(JsonNode? card) => Parts(card).Select(part => (string?)part["type"] switch
    {
        // Runs of one line.
        "RichTextBlock" => string.Concat(part["inlines"]!.AsArray().Select(run => (string)run!["text"]!)),
        "Input.ChoiceSet" => string.Join('\n', part["choices"]!.AsArray().Select(choice => (string)choice!["title"]!).Prepend((string?)part["label"])),
        // Where it is not shown, it is what can be copied.
        "Input.Text" or "Input.Number" when (bool?)part["isVisible"] != false => $"{part["label"]}",
        var type when type!.StartsWith("Action.") => (string?)part["title"] ?? "",
        _ => "",
    });

    /// <summary>In the order in which they are seen; of an action, not what stands for it elsewhere.</summary>
    static IEnumerable<JsonObject> Parts(JsonNode? node) => node switch
    {
        JsonObject part => part.Where(field => field.Key is "body" or "items" or "columns" or "actions").SelectMany(field => Parts(field.Value))
            .Prepend(part).Where(one => one["type"] is not null),
        JsonArray several => several.SelectMany(Parts),
        _ => [],
    };
}
