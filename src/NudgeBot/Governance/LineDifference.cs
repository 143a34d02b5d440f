namespace NudgeBot.Governance;

/// <summary>What two texts do not have in common, by their longest common sequence of lines: a line that moved is removed and added.</summary>
static class LineDifference
{
    /// <summary>Of the table's cells. Texts that differ in more are taken as rewritten between their first and their last difference.</summary>
    const int MostCells = 4_000_000;

    public static (IReadOnlyList<string> Removed, IReadOnlyList<string> Added) Of(string before, string after)
    {
        var (old, @new) = (Lines(before), Lines(after));
        var start = old.Zip(@new).TakeWhile(pair => pair.First == pair.Second).Count();
        var end = old[start..].Reverse().Zip(@new[start..].Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        return Between(old[start..^end], @new[start..^end]);
    }

    static (IReadOnlyList<string> Removed, IReadOnlyList<string> Added) Between(string[] old, string[] @new)
    {
        if ((long)old.Length * @new.Length > MostCells) return (old, @new);
        var common = CommonFrom(old, @new);
        List<string> removed = [], added = [];
        for (int i = 0, j = 0; i < old.Length || j < @new.Length;)
        {
            if (i < old.Length && j < @new.Length && old[i] == @new[j]) (i, j) = (i + 1, j + 1);
            else if (j == @new.Length || (i < old.Length && common[i + 1, j] >= common[i, j + 1])) removed.Add(old[i++]);
            else added.Add(@new[j++]);
        }
        return (removed, added);
    }

    /// <summary>How many lines are common to what follows line i of the one and line j of the other.</summary>
    static int[,] CommonFrom(string[] old, string[] @new)
    {
        var common = new int[old.Length + 1, @new.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = @new.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == @new[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        return common;
    }

    static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
