using System.Text;

namespace NudgeBot.Commands;

/// <summary>A line as its words, each with its place, so that a part of the line can be had as it was typed.</summary>
sealed record Line(string Text, IReadOnlyList<Word> Words)
{
    /// <summary>
    /// Chat text. A quote, of any shape, groups words only where a word or an option's value begins and if it is closed at a word's end;
    /// any other one is a letter: <c>don't</c>.
    /// </summary>
    public static Line OfChat(string typed)
    {
        var text = Typography.Clean(typed);
        var words = new List<Word>();
        for (var start = 0; start < text.Length;)
        {
            if (char.IsWhiteSpace(text[start]))
            {
                start++;
                continue;
            }
            var word = WordAt(text, start);
            if (word.Text.Length > 0) words.Add(word);
            start = word.End;
        }
        return new Line(text, words);
    }

    /// <summary>Arguments that a shell has split already.</summary>
    public static Line OfArguments(IEnumerable<string> arguments)
    {
        var text = new StringBuilder();
        var words = new List<Word>();
        foreach (var argument in arguments.Where(a => a.Length > 0))
        {
            if (text.Length > 0) text.Append(' ');
            var start = text.Length;
            var isQuoted = argument.Any(char.IsWhiteSpace);
            text.Append(isQuoted ? $"\"{argument}\"" : argument);
            words.Add(new Word(argument, start, text.Length, isQuoted));
        }
        return new Line(text.ToString(), words);
    }

    /// <summary>Everything from a word on, as typed; one word alone without its quotes.</summary>
    public string From(int word) => word == Words.Count - 1 && Words[word].IsQuoted ? Words[word].Text : Text[Words[word].Start..].Trim();

    public string Replace(int word, string by) => $"{Text[..Words[word].Start]}{by}{Text[Words[word].End..]}".Trim();

    static Word WordAt(string text, int start)
    {
        var before = start;
        if (Typography.PlainQuote(text[start]) is not ('"' or '\''))
        {
            while (before < text.Length && !char.IsWhiteSpace(text[before]) && text[before] != '=') before++;
            if (before < text.Length && text[before] == '=') before++;
        }
        if (ClosingQuote(text, before) is { } close)
            return new Word(Typography.PlainDashes(Plain(text[start..before])) + text[(before + 1)..close], start, close + 1, true);

        var end = before;
        while (end < text.Length && !char.IsWhiteSpace(text[end])) end++;
        return new Word(Typography.PlainDashes(Plain(text[start..end])), start, end, false);
    }

    /// <summary>Where the quote that opens at a place is closed; null: there is none, or it is never closed.</summary>
    static int? ClosingQuote(string text, int open)
    {
        if (open >= text.Length) return null;
        var quote = Typography.PlainQuote(text[open]);
        if (quote is not ('"' or '\'')) return null;
        for (var i = open + 1; i < text.Length; i++)
            if (Typography.PlainQuote(text[i]) == quote && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1]))) return i;
        return null;
    }

    static string Plain(string word) => string.Concat(word.Select(Typography.PlainQuote));
}

/// <param name="Text">Without quotes and typographic dashes.</param>
/// <param name="Start">Of the word as it was typed, in the line's text.</param>
/// <param name="End">The place behind it.</param>
readonly record struct Word(string Text, int Start, int End, bool IsQuoted);
