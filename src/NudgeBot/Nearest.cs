namespace NudgeBot;

/// <summary>What somebody who mistyped a word probably meant.</summary>
public static class Nearest
{
    /// <summary>The word with the fewest edits, at most two and fewer than half its letters; the first of equals; null when none is near.</summary>
    public static string? To(string typed, IEnumerable<string> words) =>
        words.Select(word => (word, edits: Edits(typed.ToLowerInvariant(), word.ToLowerInvariant())))
            .Where(w => w.edits <= 2 && w.edits * 2 < w.word.Length)
            .OrderBy(w => w.edits)
            .Select(w => w.word)
            .FirstOrDefault();

    /// <summary>Insertions, deletions, replacements, and swaps of neighbours (the most frequent slip), each counting one.</summary>
    static int Edits(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 2) return int.MaxValue / 2;
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
