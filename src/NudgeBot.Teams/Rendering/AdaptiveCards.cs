using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Conversations;

namespace NudgeBot.Teams.Rendering;

/// <summary>A message as a card. Whatever it holds, it is small enough for Teams: what does not fit is left out, and a line says so.</summary>
static class AdaptiveCards
{
    const string ContentType = "application/vnd.microsoft.card.adaptive";

    const int LongestSummary = 200;
    const int LongestSpeech = 1000;

    /// <param name="locale">Of the message, for what the card has to say itself.</param>
    /// <param name="hasDialogs">Whether the client opens a dialog where it is asked to.</param>
    public static TeamsMessage Message(Message message, string locale, bool hasDialogs = true)
    {
        var words = string.Join('\n', message.Blocks.Select(Readable).Where(text => text.Length > 0));
        var speech = Typography.Cut(words.Length == 0 ? RichText.Nothing : words, LongestSpeech);
        var card = Card(locale);
        card["speak"] = speech;
        // Prompts are made of long lines; what is short looks better in a narrow card.
        if (message.Blocks.Any(block => block is Block.Prompt)) card["msteams"] = new JsonObject { ["width"] = "Full" };

        var room = new CardRoom(TeamsLimits.Attachment - TeamsJson.Bytes(Attachment(card)));
        card["body"] = new JsonArray([.. Body(message, locale, hasDialogs, room).Select(element => element.Json)]);
        return new TeamsMessage(card, Typography.Cut(speech.Replace('\n', ' '), LongestSummary));
    }

    /// <summary>Without a body.</summary>
    public static JsonObject Card(string locale) => new()
    {
        ["type"] = "AdaptiveCard",
        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
        ["version"] = "1.5",
        ["lang"] = locale.Split('-')[0], // Cards know languages, and no countries.
        ["fallbackText"] = Phrases.Say(locale, "card-fallback"),
        ["body"] = new JsonArray(),
    };

    /// <summary>A card as messages and dialogs carry it.</summary>
    public static JsonObject Attachment(JsonObject card) => new() { ["contentType"] = ContentType, ["content"] = card.DeepClone() };

    static IEnumerable<CardElement> Body(Message message, string locale, bool hasDialogs, CardRoom room)
    {
        var elements = Elements(message, locale, hasDialogs, withCopies: true);
        if (room.Holds(elements)) return elements;
        elements = Elements(message, locale, hasDialogs, withCopies: false);
        return room.Holds(elements) ? elements : room.Fit(elements, new CardElement(RichText.Words(Phrases.Say(locale, "message-cut"), TextLook.Subtle)));
    }

    static List<CardElement> Elements(Message message, string locale, bool hasDialogs, bool withCopies)
    {
        var elements = message.Blocks.SelectMany((block, number) => block.Match(
            text => RichText.Of(text.Markdown).Select(Read),
            prompt => PromptBox.Of(prompt.Content, locale, number, withCopies).Select(Read),
            buttons => ActionRows.Of(buttons.Items.Select(button => CardButtons.Of(button, hasDialogs))).Select(Press),
            select => SelectBox.Of(select, locale, number) is { } box ? [Press(box)] : [],
            context => RichText.Of(context.Markdown, TextLook.Subtle).Select(Read))).ToList();
        // A card without any element is shown as none.
        return elements.Count > 0 ? elements : [Read(RichText.Words(RichText.Nothing))];

        static CardElement Read(JsonObject json) => new(json);
        static CardElement Press(JsonObject json) => new(json, IsPressable: true);
    }

    /// <summary>What a screen reader may say: prompts are there to be copied.</summary>
    static string Readable(Block block) => block.Match(text => RichText.Plain(text.Markdown), prompt => "", buttons => "", select => "", context => RichText.Plain(context.Markdown));
}

/// <param name="Summary">One line, for the notification: the activity's <c>summary</c>. (Its <c>text</c> would be shown above the card.)</param>
sealed record TeamsMessage(JsonObject Card, string Summary)
{
    public string Speak => (string)Card["speak"]!;

    public JsonObject Attachment => AdaptiveCards.Attachment(Card);
}
