using System.Text;
using System.Text.Json.Nodes;

namespace NudgeBot.Slack.Rendering;

/// <summary>The blocks of a message, and the text that stands for them where they cannot be shown.</summary>
sealed record SlackMessage(JsonArray Blocks)
{
    /// <summary>A message without any block is refused, as is an empty text.</summary>
    public const string Nothing = "…";

    /// <summary>What notifications show and screen readers say: all that can be read and fits, without what can be pressed.</summary>
    public string Text
    {
        get
        {
            var words = new StringBuilder();
            foreach (var text in Blocks.SelectMany(Readable))
            {
                if (words.Length + text.Length + 2 > SlackLimits.Text) break;
                words.Append(words.Length == 0 ? "" : "\n\n").Append(text);
            }
            return words.Length == 0 ? Nothing : words.ToString();
        }
    }

    static IEnumerable<string> Readable(JsonNode? block) => (string?)block!["type"] switch
    {
        "section" => [(string)block["text"]!["text"]!],
        "context" => block["elements"]!.AsArray().Select(element => (string)element!["text"]!),
        "rich_text" => [Mrkdwn.Fenced((string)block["elements"]![0]!["elements"]![0]!["text"]!)],
        // What one chooses from is a question.
        "actions" => block["elements"]!.AsArray().Where(element => element!["placeholder"] is not null)
            .Select(element => MrkdwnEscape.Literal((string)element!["placeholder"]!["text"]!)),
        var type => throw new InvalidOperationException($"A block of type {type} cannot be read out."),
    };
}
