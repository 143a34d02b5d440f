namespace NudgeBot.Commands;

/// <summary>Undoes what keyboards and chat programs do to typed text. One character stays one, so positions keep their meaning.</summary>
static class Typography
{
    /// <summary>
    /// Control characters, invisible ones and exotic spaces become blanks; half a surrogate pair, which no database takes, a U+FFFD.
    /// </summary>
    public static string Clean(string typed) => string.Create(typed.Length, typed, static (clean, typed) =>
    {
        for (var i = 0; i < typed.Length; i++)
        {
            clean[i] = typed[i] switch
            {
                '\n' => '\n',
                '\u200B' or '\u200E' or '\u200F' or '\u2060' or '\uFEFF' => ' ',
                var c when char.IsControl(c) || char.IsWhiteSpace(c) => ' ',
                var c when char.IsSurrogate(c) && !IsPaired(typed, i) => '\uFFFD',
                var c => c,
            };
        }
    });

    public static char PlainQuote(char letter) => letter switch
    {
        '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u00AB' or '\u00BB' => '"',
        '\u2018' or '\u2019' or '\u201A' or '\u201B' or '\u2039' or '\u203A' => '\'',
        _ => letter,
    };

    /// <summary>Keyboards turn <c>--by</c> into a dash and <c>by</c>, and break <c>day-3</c> with hyphens of their own.</summary>
    public static string PlainDashes(string word)
    {
        if (word.Length > 1 && word[0] is '\u2013' or '\u2014' or '\u2015' && char.IsLetter(word[1])) word = $"--{word[1..]}";
        return string.Concat(word.Select(c => c is >= '\u2010' and <= '\u2015' or '\u2212' ? '-' : c));
    }

    /// <summary>At most so many characters, and never half of a pair; what was cut off is an ellipsis.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return $"{text[..end]}…";
    }

    static bool IsPaired(string text, int i) =>
        (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) || (i > 0 && char.IsSurrogatePair(text[i - 1], text[i]));
}
