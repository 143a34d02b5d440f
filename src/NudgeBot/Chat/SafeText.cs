using System.Globalization;

namespace NudgeBot.Chat;

/// <summary>Text that every platform's JSON can carry.</summary>
static class SafeText
{
    /// <summary>Nothing that anybody could see.</summary>
    public static bool IsBlank(string text) => text.All(c => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format);

    /// <summary>Without control characters other than the line's end, and without halves of pairs, which JSON cannot carry.</summary>
    public static string Clean(string text)
    {
        var lines = text.ReplaceLineEndings("\n");
        return string.Create(lines.Length, lines, static (clean, text) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                clean[i] = text[i] switch
                {
                    '\n' => '\n',
                    var c when char.IsControl(c) => ' ',
                    var c when char.IsHighSurrogate(c) && !(i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) => '\uFFFD',
                    var c when char.IsLowSurrogate(c) && !(i > 0 && char.IsHighSurrogate(text[i - 1])) => '\uFFFD',
                    var c => c,
                };
            }
        });
    }

    /// <summary>Pieces of at most so many units, none of which ends in half of a pair.</summary>
    public static IEnumerable<string> Chunks(string text, int longest)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = Math.Min(start + longest, text.Length);
            if (end < text.Length && char.IsHighSurrogate(text[end - 1])) end--;
            yield return text[start..end];
            start = end;
        }
    }
}
