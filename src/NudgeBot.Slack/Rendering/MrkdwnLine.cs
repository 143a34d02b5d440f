using System.Text;

namespace NudgeBot.Slack.Rendering;

[Flags]
enum MrkdwnStyle { None = 0, Bold = 1, Italic = 2, Strike = 4, Code = 8 }

/// <summary>What is never torn apart: a word, a blank, a link, a short code span. <paramref name="Mrkdwn"/> is escaped, and without the marks of its style.</summary>
readonly record struct MrkdwnPiece(string Mrkdwn, MrkdwnStyle Style)
{
    const int MostMarks = 10;

    public bool IsBlank => string.IsNullOrWhiteSpace(Mrkdwn);

    /// <summary>At most so many units in a line, marks included.</summary>
    public int Weight => Mrkdwn.Length + (Style == MrkdwnStyle.None ? 0 : MostMarks);
}

/// <param name="Prefix">A quote's sign, a bullet, blanks.</param>
/// <param name="StartsParagraph">An empty line stands before it.</param>
/// <param name="IsFenced">A line of a code block.</param>
sealed record MrkdwnLine(string Prefix, IReadOnlyList<MrkdwnPiece> Pieces, bool StartsParagraph, bool IsFenced = false)
{
    /// <summary>For the prefix, the line's end, an empty line before, a fence around and a zero-width character.</summary>
    public int OwnWeight => Prefix.Length + (IsFenced ? 12 : 4);

    public int Weight => OwnWeight + Pieces.Sum(piece => piece.Weight);

    /// <summary>Marks stand around runs of one style and end with the line, as Slack's do: nothing is nested, and nothing stays open.</summary>
    public string Render()
    {
        var line = new StringBuilder(Prefix);
        var content = Prefix.Length;
        for (var start = 0; start < Pieces.Count;)
        {
            var style = Pieces[start].Style;
            var end = start + 1;
            while (end < Pieces.Count && Pieces[end].Style == style) end++;
            Append(line, string.Concat(Pieces.Skip(start).Take(end - start).Select(piece => piece.Mrkdwn)), style);
            start = end;
        }
        // Slack takes the entity at the beginning of a line for a quote's sign as well, and its full-width form.
        var words = line.ToString(content, line.Length - content);
        if (!IsFenced && (words.TrimStart().StartsWith("&gt;") || words.TrimStart().StartsWith('＞'))) line.Insert(content, MrkdwnEscape.ZeroWidth);
        return line.ToString();
    }

    static void Append(StringBuilder line, string run, MrkdwnStyle style)
    {
        var words = run.Trim();
        if (style == MrkdwnStyle.None || words.Length == 0)
        {
            if (words.Length > 0 && line.Length > 0 && IsMark(line[^1]) && char.IsLetterOrDigit(run[0])) line.Append(MrkdwnEscape.ZeroWidth);
            line.Append(run);
            return;
        }
        line.Append(run.AsSpan(0, run.Length - run.TrimStart().Length));
        // Marks only work at the edges of words.
        if (line.Length > 0 && (char.IsLetterOrDigit(line[^1]) || IsMark(line[^1]))) line.Append(MrkdwnEscape.ZeroWidth);
        var marks = Marks(style);
        line.Append(marks).Append(words);
        for (var i = marks.Length - 1; i >= 0; i--) line.Append(marks[i]);
        line.Append(run.AsSpan(run.TrimEnd().Length));
    }

    static bool IsMark(char letter) => letter is '*' or '_' or '~' or '`';

    static string Marks(MrkdwnStyle style) => style.HasFlag(MrkdwnStyle.Code) ? "`" : string.Concat(
        style.HasFlag(MrkdwnStyle.Bold) ? "*" : "", style.HasFlag(MrkdwnStyle.Italic) ? "_" : "", style.HasFlag(MrkdwnStyle.Strike) ? "~" : "");
}
