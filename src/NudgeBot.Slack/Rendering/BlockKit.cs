using System.Text;
using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Conversations;

namespace NudgeBot.Slack.Rendering;

/// <summary>A message as Slack shows it. Whatever it holds, Slack's limits hold: what does not fit is left out, and a line says so.</summary>
static class BlockKit
{
    /// <summary>As long as the longest prompt that people can post: it stays one block, with one button to copy it.</summary>
    const int LongestPrompt = 4000;

    /// <summary>A message without any block is refused, as is an empty text.</summary>
    const string Nothing = "…";

    /// <param name="locale">Of the line that says that something was left out.</param>
    public static SlackMessage Message(Message message, string locale) =>
        new(Blocks(message, locale, BlockRoom.Message), Fallback(message));

    public static JsonArray Blocks(Message message, string locale, BlockRoom room)
    {
        var blocks = message.Blocks.SelectMany((block, number) => Json(block, number)).ToList();
        if (blocks.Count == 0) blocks.Add(Section(Nothing));
        return new JsonArray([.. room.Fit(blocks, Context(Mrkdwn.Of(Phrases.Say(locale, "message-cut"))))]);
    }

    static IEnumerable<JsonObject> Json(Block block, int number) => block.Match(
        text => Mrkdwn.Split(text.Markdown, SlackLimits.Text).Select(Section),
        prompt => Prompt(prompt.Content),
        buttons => buttons.Items.Chunk(SlackLimits.ActionElements).Select(Actions),
        select => Select(select, number),
        context => Mrkdwn.Split(context.Markdown, SlackLimits.Text).Select(Context));

    static JsonObject Section(string mrkdwn) => new() { ["type"] = "section", ["text"] = SlackText.Formatted(mrkdwn) };

    static JsonObject Context(string mrkdwn) => new() { ["type"] = "context", ["elements"] = new JsonArray(SlackText.Formatted(mrkdwn)) };

    /// <summary>Rich text has no marks and no entities: what is pasted elsewhere is what stands here, to the letter.</summary>
    static IEnumerable<JsonObject> Prompt(string content) => LineChunks.Of(SafeText.Clean(content).Trim('\n'), LongestPrompt)
        .Where(chunk => !SafeText.IsBlank(chunk))
        .Select(chunk => new JsonObject
        {
            ["type"] = "rich_text",
            ["elements"] = new JsonArray(new JsonObject
            {
                ["type"] = "rich_text_preformatted",
                ["elements"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = chunk }),
            }),
        });

    static JsonObject Actions(IReadOnlyList<Button> buttons) => new() { ["type"] = "actions", ["elements"] = new JsonArray([.. buttons.Select(Button)]) };

    static JsonNode Button(Button button, int number)
    {
        var json = new JsonObject
        {
            ["type"] = "button",
            ["action_id"] = SlackActionId.Of(button.ActionId, number),
            ["text"] = SlackText.Plain(button.Label, SlackLimits.ButtonText),
        };
        if (button.Payload.Length > 0) json["value"] = Limits.Within(button.Payload, SlackLimits.ButtonValue, "A button's payload");
        if (button.Style != ButtonStyle.Plain) json["style"] = Words.Of(button.Style);
        return json;
    }

    static IEnumerable<JsonObject> Select(Block.Select select, int number)
    {
        if (StaticSelect.Of(SlackActionId.Of(select.ActionId, 0), select.Options, select.Placeholder) is not { } json) return [];
        return [new JsonObject { ["type"] = "actions", ["block_id"] = SelectPayload.BlockIdOf(select.Payload, number), ["elements"] = new JsonArray(json) }];
    }

    /// <summary>What notifications show and screen readers say: all that can be read and fits, without what can be pressed.</summary>
    static string Fallback(Message message)
    {
        var words = new StringBuilder();
        foreach (var text in message.Blocks.SelectMany(Readable))
        {
            if (words.Length + text.Length + 2 > SlackLimits.Text) break;
            words.Append(words.Length == 0 ? "" : "\n\n").Append(text);
        }
        return words.Length == 0 ? Nothing : words.ToString();
    }

    static IEnumerable<string> Readable(Block block) => block.Match<IEnumerable<string>>(
        text => Mrkdwn.Split(text.Markdown, SlackLimits.Text),
        prompt => [Mrkdwn.Fenced(prompt.Content)],
        buttons => [],
        select => [MrkdwnEscape.Literal(SlackText.Cut(select.Placeholder, SlackLimits.Placeholder))],
        context => Mrkdwn.Split(context.Markdown, SlackLimits.Text));
}

/// <param name="Text">Stands for the blocks where they cannot be shown.</param>
sealed record SlackMessage(JsonArray Blocks, string Text);
