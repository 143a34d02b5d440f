using NudgeBot.Files;

namespace NudgeBot.Guides;

/// <summary>Words that a campaign puts in the place of a guide's: what stands before its first section. Title and sections stay the guide's.</summary>
/// <param name="Markdown">As it was written, with at most one <c>~~~prompt</c> block.</param>
public sealed record OwnText(string Markdown)
{
    readonly MarkdownPart part = MarkdownFile.IntroOf(Markdown, new FileErrors());

    public bool Equals(OwnText? other) => other?.Markdown == Markdown;

    public override int GetHashCode() => Markdown.GetHashCode(StringComparison.Ordinal);

    /// <summary>What a guide says, as its files have it.</summary>
    public static OwnText Of(GuideText guide) => new(guide.Prompt is null ? guide.Intro : $"{guide.Intro}\n\n~~~prompt\n{guide.Prompt}\n~~~");

    /// <summary>What is wrong with it: nothing, or sentences.</summary>
    public static IReadOnlyList<string> Check(string markdown)
    {
        var errors = new FileErrors();
        var words = MarkdownFile.IntroOf(markdown, errors);
        if (words.Markdown.Length == 0) errors.Add(1, 1, "The text is empty.");
        if (words.Markdown.Length + (words.Prompt?.Length ?? 0) is var length and > GuideReader.LongestText)
            errors.Add(1, 1, $"The text and its prompt have {length} characters; at most {GuideReader.LongestText} fit into one message.");
        return [.. errors.InOrder.Select(error => error.Message)];
    }

    internal GuideText In(GuideText guide) => guide with { Intro = part.Markdown, Prompt = part.Prompt };
}
