using System.Globalization;

namespace NudgeBot.Retention;

/// <summary>How figures are written in tables.</summary>
static class Figures
{
    /// <summary>Stands for a hidden figure and for one that is not known yet: what is hidden must not show.</summary>
    public const string Unknown = "-";

    public static string Percent(double? share) => share is { } value ? $"{value * 100:F0} %" : Unknown;

    public static string Mean(double? mean) => mean is { } value ? value.ToString("F1") : Unknown;

    public static string Range((double Low, double High)? interval) => interval is var (low, high) ? $"{Percent(low)} to {Percent(high)}" : "";

    /// <summary>Wilson's interval.</summary>
    public static string Range(Cell? cell) => cell is var (atRisk, active) ? Range(Wilson.Interval(active, atRisk)) : "";

    public static string Counts(Cell? cell) => cell is var (atRisk, active) ? $"{active} of {atRisk}" : "";

    /// <summary>A name of at most so many letters, with blanks up to them.</summary>
    public static string Name(string name, int width)
    {
        // Counted as people see them: half an emoji would be no text at all.
        var letters = new StringInfo(name);
        if (letters.LengthInTextElements > width) letters.String = $"{letters.SubstringByTextElements(0, width - 3)}...";
        return letters.String + new string(' ', width - letters.LengthInTextElements);
    }
}
