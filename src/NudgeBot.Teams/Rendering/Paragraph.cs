using NudgeBot.Chat;

namespace NudgeBot.Teams.Rendering;

[Flags]
enum TextStyle { None = 0, Bold = 1, Italic = 2, Strike = 4, Code = 8 }

/// <summary>Words of one style, line ends among them.</summary>
readonly record struct TextPiece(string Text, TextStyle Style, string? Url = null);

/// <param name="Bullet">A list's sign or number, or a quote's; a blank where an item goes on.</param>
/// <param name="StartsParagraph">An empty line stands before it.</param>
/// <param name="IsFenced">A code block.</param>
sealed record Paragraph(IReadOnlyList<TextPiece> Pieces, string Bullet, int Depth, bool StartsParagraph, bool IsFenced = false)
{
    const int Longest = 1500;
    const int MostPieces = 50;

    public string Words => string.Concat(Pieces.Select(piece => piece.Text));

    /// <summary>One, or several of which each can be left out where a card is too small for all.</summary>
    public IEnumerable<Paragraph> Split()
    {
        var part = new List<TextPiece>();
        var length = 0;
        var isFirst = true;
        foreach (var piece in Pieces.SelectMany(Shortened))
        {
            if (part.Count == MostPieces || (length + piece.Text.Length > Longest && part.Count > 0))
            {
                yield return Next();
                isFirst = false;
                part = [];
                length = 0;
            }
            part.Add(piece);
            length += piece.Text.Length;
        }
        if (part.Count > 0) yield return Next();

        Paragraph Next() => isFirst ? this with { Pieces = part } : this with { Pieces = part, StartsParagraph = false, Bullet = Bullet.Length > 0 ? " " : "" };
    }

    /// <summary>Divided after a line, else after a word, else where it must be.</summary>
    static IEnumerable<TextPiece> Shortened(TextPiece piece)
    {
        var rest = piece.Text;
        while (rest.Length > Longest)
        {
            var end = rest.LastIndexOf('\n', Longest - 1) + 1;
            if (end == 0) end = rest.LastIndexOf(' ', Longest - 1) + 1;
            if (end == 0) end = SafeText.Chunks(rest, Longest).First().Length;
            yield return piece with { Text = rest[..end] };
            rest = rest[end..];
        }
        if (rest.Length > 0) yield return piece with { Text = rest };
    }
}
