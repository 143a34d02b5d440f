using System.Text.Json.Nodes;

namespace NudgeBot.Teams.Rendering;

/// <summary>An element of a card, and whether it can be answered with.</summary>
readonly record struct CardElement(JsonObject Json, bool IsPressable = false)
{
    /// <summary>With the comma.</summary>
    public int Bytes { get; } = TeamsJson.Bytes(Json) + 1;
}

/// <summary>How many bytes the body of a card may have.</summary>
readonly record struct CardRoom(int Bytes)
{
    public bool Holds(IEnumerable<CardElement> elements) => elements.Sum(element => element.Bytes) <= Bytes;

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
