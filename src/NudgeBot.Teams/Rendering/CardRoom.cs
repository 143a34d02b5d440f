using System.Text.Json.Nodes;

namespace NudgeBot.Teams.Rendering;

/// <summary>An element of a card, and whether it can be answered with.</summary>
readonly record struct CardElement(JsonObject Json, bool IsPressable = false)
{
    /// <summary>With the comma.</summary>
    public int Bytes { get; } = TeamsJson.Bytes(Json) + 1;

    /// <summary>What a screen reader may say of it.</summary>
    public string Words { get; init; } = "";
}

/// <summary>How many bytes the body of a card may have.</summary>
readonly record struct CardRoom(int Bytes)
{
    public bool Holds(IEnumerable<CardElement> elements) => elements.Sum(element => element.Bytes) <= Bytes;

    /// <summary>
    /// All, in their order, as many to a page as it holds. No page begins with what can be pressed if that can be avoided: it belongs to what stands above it.
    /// What no page holds is left out, and what would be on further pages too; the last one says so.
    /// </summary>
    public IEnumerable<IEnumerable<CardElement>> Pages(IReadOnlyList<CardElement> elements, int most, CardElement saysCut)
    {
        var page = Bytes;
        List<CardElement> left = [.. elements.Where(element => element.Bytes <= page)];
        var isCut = left.Count < elements.Count;
        for (var number = 1; number < most && !Holds(isCut ? left.Append(saysCut) : left); number++)
        {
            var full = Filled(left);
            yield return left.Take(full);
            left = left[full..];
        }
        yield return isCut || !Holds(left) ? Fit(left, saysCut) : left;
    }

    /// <returns>How many go on this page.</returns>
    int Filled(List<CardElement> elements)
    {
        var (most, left) = (0, Bytes);
        while (most < elements.Count && elements[most].Bytes <= left) left -= elements[most++].Bytes;
        var before = most;
        while (before > 0 && before < elements.Count && elements[before].IsPressable) before--;
        return before > 0 ? before : most;
    }

    /// <summary>
    /// As many as fit, in their order, with a last line that says that these are not all; what can be pressed goes before what can be read, so
    /// that a message that is too long can still be answered.
    /// </summary>
    public IEnumerable<CardElement> Fit(IReadOnlyList<CardElement> elements, CardElement saysCut)
    {
        var left = Bytes - saysCut.Bytes;
        var kept = elements.Where(element => element.IsPressable).Where(Fits).ToHashSet();
        // Nothing after the first one that does not fit: a text with a hole in it says something else.
        kept.UnionWith(elements.Where(element => !element.IsPressable).TakeWhile(Fits));
        return elements.Where(kept.Contains).Append(saysCut);

        bool Fits(CardElement element)
        {
            if (element.Bytes > left) return false;
            left -= element.Bytes;
            return true;
        }
    }
}
