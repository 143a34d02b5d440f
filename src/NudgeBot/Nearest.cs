namespace NudgeBot;

/// <summary>What somebody who mistyped a word probably meant.</summary>
public static class Nearest
{
    const int Most = 3;

    /// <summary>The word with the fewest edits, at most two and fewer than half its letters; the first of equals; null when none is near.</summary>
    public static string? To(string typed, IEnumerable<string> words) =>
        words.Where(word => Math.Abs(word.Length - typed.Length) <= 2)
            .Select(word => (word, edits: Edits(typed.ToLowerInvariant(), word.ToLowerInvariant())))
            .Where(w => w.edits <= 2 && w.edits * 2 < w.word.Length)
            .OrderBy(w => w.edits)
            .Select(w => w.word)
            .FirstOrDefault();

    /// <returns>Of things with several names the closest ones, a beginning of a name being close, as long as they are equally close; none if nothing resembles what was typed.</returns>
    public static IReadOnlyList<T> Of<T>(string typed, IEnumerable<T> among, Func<T, IEnumerable<string>> words)
    {
        typed = typed.TrimStart('/', '-').ToLowerInvariant();
        var close = among.Select(one => (one, Distance: words(one).Min(w => Distance(typed, w.TrimStart('-')))))
            .Where(c => c.Distance is not null)
            .OrderBy(c => c.Distance)
            .ToList();
        return [.. close.TakeWhile(c => c.Distance == close[0].Distance).Take(Most).Select(c => c.one)];
    }

    /// <summary>0: the same; 1: the beginning of one is the other; else the number of edits; null: too many of them.</summary>
    static int? Distance(string typed, string word)
    {
        if (typed.Length == 0) return null;
        if (typed == word) return 0;
        if (word.StartsWith(typed) || (word.Length > 2 && typed.StartsWith(word))) return 1;
        var allowed = Math.Max(1, word.Length / 3);
        if (word.Length < 3 || Math.Abs(typed.Length - word.Length) > allowed) return null;
        return Edits(typed, word) is var edits && edits <= allowed ? edits : null;
    }

    /// <summary>Insertions, deletions, replacements, and swaps of neighbours (the most frequent slip), each counting one.</summary>
    static int Edits(string a, string b)
    {
        var edits = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) edits[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) edits[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var same = a[i - 1] == b[j - 1] ? 0 : 1;
                var least = Math.Min(edits[i - 1, j - 1] + same, Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1);
                var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                edits[i, j] = swapped ? Math.Min(least, edits[i - 2, j - 2] + 1) : least;
            }
        }
        return edits[a.Length, b.Length];
    }
}
