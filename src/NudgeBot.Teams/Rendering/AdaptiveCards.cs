using System.Text.Json.Nodes;
using NudgeBot.Chat;
using NudgeBot.Commands;
using NudgeBot.Conversations;

namespace NudgeBot.Teams.Rendering;

/// <summary>A message as a card, or as several. Whatever it holds, each is small enough for Teams.</summary>
static class AdaptiveCards
{
    const string ContentType = "application/vnd.microsoft.card.adaptive";

    const int LongestSummary = 200;
    const int LongestSpeech = 1000;

    /// <summary>Of UTF-8, for a letter that takes one place in a text.</summary>
    const int MostBytesALetter = 3;

    /// <summary>Somebody waits for them, and whoever shows them has 45 seconds.</summary>
    const int MostMessages = 20;

    /// <summary>As one, which is what can be sent once: what does not fit is left out, and a line says so.</summary>
    /// <param name="locale">Of the message, for what the card has to say itself.</param>
    /// <param name="hasDialogs">Whether the client opens a dialog where it is asked to.</param>
    public static TeamsMessage Message(Message message, string locale, bool hasDialogs = true) => Whole(message, locale, hasDialogs)
        ?? Of(message, RoomOf(message, locale).Fit(Elements(message, locale, hasDialogs, withCopies: false), SaysCut(locale)), WordsOf(message), locale);

    /// <summary>As many as it takes, in order; past a number that nobody reads, a line says that these are not all.</summary>
    /// <inheritdoc cref="Message"/>
    public static IReadOnlyList<TeamsMessage> Messages(Message message, string locale, bool hasDialogs = true)
    {
        if (Whole(message, locale, hasDialogs) is { } whole) return [whole];
        // Each of them says something else.
        var room = new CardRoom(TeamsLimits.Attachment - TeamsJson.Bytes(Attachment(Frame(message, "", locale))) - (LongestSpeech * MostBytesALetter));
        var elements = Elements(message, locale, hasDialogs, withCopies: true);
        if (elements.Exists(element => element.Bytes > room.Bytes)) elements = Elements(message, locale, hasDialogs, withCopies: false);
        return [.. room.Pages(elements, MostMessages, SaysCut(locale)).Select(page => Of(message, page, WordsOf(page) is { Length: > 0 } words ? words : WordsOf(message), locale))];
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

    /// <returns>Null: it is too long for one.</returns>
    static TeamsMessage? Whole(Message message, string locale, bool hasDialogs)
    {
        var room = RoomOf(message, locale);
        foreach (var withCopies in new[] { true, false })
            if (Elements(message, locale, hasDialogs, withCopies) is var elements && room.Holds(elements)) return Of(message, elements, WordsOf(message), locale);
        return null;
    }

    static CardRoom RoomOf(Message message, string locale) => new(TeamsLimits.Attachment - TeamsJson.Bytes(Attachment(Frame(message, WordsOf(message), locale))));

    static TeamsMessage Of(Message message, IEnumerable<CardElement> elements, string words, string locale)
    {
        var card = Frame(message, words, locale);
        card["body"] = new JsonArray([.. elements.Select(element => element.Json)]);
        return new TeamsMessage(card, Typography.Cut(((string)card["speak"]!).Replace('\n', ' '), LongestSummary));
    }

    /// <summary>Without a body, but with all that is around it.</summary>
    static JsonObject Frame(Message message, string words, string locale)
    {
        var card = Card(locale);
        card["speak"] = Typography.Cut(words.Length == 0 ? RichText.Nothing : words, LongestSpeech);
        // Prompts are made of long lines; what is short looks better in a narrow card.
        if (message.Blocks.Any(block => block is Block.Prompt)) card["msteams"] = new JsonObject { ["width"] = "Full" };
        return card;
    }

    static CardElement SaysCut(string locale) => new(RichText.Words(Phrases.Say(locale, "message-cut"), TextLook.Subtle));

    static List<CardElement> Elements(Message message, string locale, bool hasDialogs, bool withCopies)
    {
        var elements = message.Blocks.SelectMany((block, number) => block.Match(
            text => RichText.Of(text.Markdown).Select(Say),
            prompt => PromptBox.Of(prompt.Content, locale, number, withCopies).Select(Read),
            buttons => ActionRows.Of(buttons.Items.Select(button => CardButtons.Of(button, hasDialogs))).Select(Press),
            select => SelectBox.Of(select, locale, number) is { } box ? [Press(box)] : [],
            context => RichText.Of(context.Markdown, TextLook.Subtle).Select(Say))).ToList();
        // A card without any element is shown as none.
        return elements.Count > 0 ? elements : [Read(RichText.Words(RichText.Nothing))];

        static CardElement Say(JsonObject json) => new(json) { Words = RichText.WordsOf(json) };
        static CardElement Read(JsonObject json) => new(json);
        static CardElement Press(JsonObject json) => new(json, IsPressable: true);
    }

    static string WordsOf(Message message) => string.Join('\n', message.Blocks.Select(Readable).Where(text => text.Length > 0));

    static string WordsOf(IEnumerable<CardElement> elements) => string.Join('\n', elements.Select(element => element.Words).Where(text => text.Length > 0));

    /// <summary>What a screen reader may say: prompts are there to be copied.</summary>
    static string Readable(Block block) => block.Match(text => RichText.Plain(text.Markdown), prompt => "", buttons => "", select => "", context => RichText.Plain(context.Markdown));
}

/// <param name="Summary">One line, for the notification: the activity's <c>summary</c>. (Its <c>text</c> would be shown above the card.)</param>
sealed record TeamsMessage(JsonObject Card, string Summary)
{
    public string Speak => (string)Card["speak"]!;

    public JsonObject Attachment => AdaptiveCards.Attachment(Card);
}
