using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace NudgeBot.Web.Tests.Playground;

/// <summary>How docs/tour.md writes what a visitor presses, types, sees and finds as a picture.</summary>
enum Mark { Press, Type, See, Picture }

/// <summary>
/// The marked words of docs/tour.md, in its order: bold is pressed, code is typed, italics are seen. Whoever walks takes one after the other,
/// so the page and the walk cannot differ in a step.
/// </summary>
sealed partial class TourText
{
    readonly Queue<(Mark Mark, string Words)> steps;

    TourText(string markdown) => steps = new Queue<(Mark, string)>(
        from step in Marks().Matches(Shell().Replace(markdown, ""))
        let mark = Enum.GetValues<Mark>().Single(mark => step.Groups[mark.ToString()].Success)
        select (mark, Blanks().Replace(step.Groups[mark.ToString()].Value, " ")));

    public static TourText Read([CallerFilePath] string here = "") =>
        new(File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "tour.md")));

    public int Left => steps.Count;

    /// <returns>The same words, which the tour has next.</returns>
    public string Next(Mark mark, string words)
    {
        steps.TryDequeue(out var next).ShouldBeTrue($"docs/tour.md has ended, and the walk goes on: {mark} {words}");
        (mark, words).ShouldBe(next, "the walk (first) and docs/tour.md (second) differ");
        return words;
    }

    [GeneratedRegex(@"!\[[^\]]*\]\(images/(?<Picture>[^)]+)\)|\*\*(?<Press>[^*]+)\*\*|\*(?<See>[^*]+)\*|`(?<Type>[^`]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Marks();

    /// <summary>What is typed there is not typed on the page.</summary>
    [GeneratedRegex(@"^```.*?^```|`\./[^`]+`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Shell();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
