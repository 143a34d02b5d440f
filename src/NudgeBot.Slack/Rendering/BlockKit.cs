using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Conversations;

namespace NudgeBot.Slack.Rendering;

/// <summary>A message as Slack shows it. Whatever it holds, Slack's limits hold: what does not fit is left out, and a line says so.</summary>
static class BlockKit
{
    /// <summary>As long as the longest prompt that people can post: it stays one block, with one button to copy it.</summary>
    const int LongestPrompt = 4000;

    /// <summary>They come a second apart, and whoever shows them has 45 of them.</summary>
    const int MostMessages = 20;

    /// <summary>In one message, which is what can be sent exactly once.</summary>
    /// <param name="locale">Of the line that says that something was left out.</param>
    public static SlackMessage Message(Message message, string locale) => new(Blocks(message, locale, BlockRoom.Message));

    /// <summary>In as many messages as it takes, up to a number that nobody reads.</summary>
    public static IReadOnlyList<SlackMessage> Messages(Message message, string locale) =>
        [.. BlockRoom.Message.Pages(Blocks(message), MostMessages, SaysCut(locale)).Select(page => new SlackMessage(new JsonArray([.. page])))];

    public static JsonArray Blocks(Message message, string locale, BlockRoom room) => new([.. room.Fit(Blocks(message), SaysCut(locale))]);

    static List<JsonObject> Blocks(Message message)
    {
        var blocks = message.Blocks.SelectMany((block, number) => Json(block, number)).ToList();
        if (blocks.Count == 0) blocks.Add(Section(SlackMessage.Nothing));
        return blocks;
    }

    static JsonObject SaysCut(string locale) => Context(Mrkdwn.Of(Phrases.Say(locale, "message-cut")));

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
}
