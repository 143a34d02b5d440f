using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NudgeBot.Teams.Rendering;

/// <summary>How all text of a block looks.</summary>
enum TextLook { Plain, Subtle, Error, Strong }

/// <summary>
/// Text as <c>RichTextBlock</c>s, whose runs are shown as they are: Markdown, mentions and links are only made where there are properties for them, so
/// that nobody's words can become any. (A <c>TextBlock</c> reads Markdown, and phones and desktops disagree on what escapes it.)
/// </summary>
static partial class RichText
{
    /// <summary>Shown where there must be a text and is none.</summary>
    public const string Nothing = "…";

    public static IEnumerable<JsonObject> Of(string markdown, TextLook look = TextLook.Plain) => MarkdownReader.Read(markdown).SelectMany(paragraph => Element(paragraph, look));

    /// <summary>What is no Markdown.</summary>
    public static JsonObject Words(string text, TextLook look = TextLook.Plain) => Block([new TextPiece(text, TextStyle.None)], look);

    public static JsonObject Monospaced(string text) => Block([new TextPiece(text, TextStyle.Code)], TextLook.Plain);

    /// <summary>Without anything but its words, lines apart.</summary>
    public static string Plain(string markdown) =>
        string.Join('\n', MarkdownReader.Read(markdown).Select(paragraph => $"{paragraph.Bullet} {paragraph.Words}".Trim()));

    static IEnumerable<JsonObject> Element(Paragraph paragraph, TextLook look)
    {
        foreach (var part in paragraph.Split())
        {
            var block = Block(part.Pieces, look);
            var element = part.IsFenced ? Boxed(block) : part.Bullet.Length > 0 ? Hanging(part, block, look) : block;
            if (!part.StartsParagraph) element["spacing"] = "Small";
            yield return element;
        }
    }

    /// <summary>Of an element of <see cref="Of"/>.</summary>
    public static string WordsOf(JsonObject element) => (string)element["type"]! switch
    {
        "RichTextBlock" => string.Concat(element["inlines"]!.AsArray().Select(run => (string)run!["text"]!)),
        "ColumnSet" => string.Join(' ', element["columns"]!.AsArray().Select(column => Inside(column!["items"]!))),
        _ => Inside(element["items"]!),
    };

    static string Inside(JsonNode items) => string.Join('\n', items.AsArray().Select(item => WordsOf(item!.AsObject())));

    public static JsonObject Boxed(params JsonObject[] items) => new() { ["type"] = "Container", ["style"] = "emphasis", ["items"] = new JsonArray([.. items]) };

    /// <summary>A bullet with its words beside it, however many lines they take.</summary>
    static JsonObject Hanging(Paragraph item, JsonObject block, TextLook look) => new()
    {
        ["type"] = "ColumnSet",
        ["columns"] = new JsonArray(
            new JsonObject
            {
                ["type"] = "Column",
                ["width"] = $"{10 + 8 * item.Bullet.Length + 16 * item.Depth}px",
                ["items"] = new JsonArray(Block([new TextPiece(item.Bullet, TextStyle.None)], look)),
            },
            new JsonObject { ["type"] = "Column", ["width"] = "stretch", ["spacing"] = "None", ["items"] = new JsonArray(block) }),
    };

    static JsonObject Block(IEnumerable<TextPiece> pieces, TextLook look) => new()
    {
        ["type"] = "RichTextBlock",
        ["inlines"] = new JsonArray([.. pieces.SelectMany(piece => DateFunction().Split(piece.Text).Select(text => Run(piece with { Text = text }, look)))]),
    };

    static JsonNode Run(TextPiece piece, TextLook look)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = piece.Text };
        if (piece.Style.HasFlag(TextStyle.Bold) || look == TextLook.Strong) run["weight"] = "Bolder";
        if (piece.Style.HasFlag(TextStyle.Italic)) run["italic"] = true;
        if (piece.Style.HasFlag(TextStyle.Strike)) run["strikethrough"] = true;
        if (piece.Style.HasFlag(TextStyle.Code)) run["fontType"] = "Monospace";
        if (look == TextLook.Subtle)
        {
            run["size"] = "Small";
            run["isSubtle"] = true;
        }
        if (look == TextLook.Error) run["color"] = "Attention";
        if (piece.Url is not null) run["selectAction"] = new JsonObject { ["type"] = "Action.OpenUrl", ["url"] = piece.Url };
        return run;
    }

    /// <summary>Cards replace <c>{{DATE(...)}}</c> by a date, within one run: between its braces a new one begins.</summary>
    [GeneratedRegex(@"(?<=\{)(?=\{(?:DATE|TIME)\()")]
    private static partial Regex DateFunction();
}
