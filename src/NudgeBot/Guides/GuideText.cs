using NodaTime;

namespace NudgeBot.Guides;

/// <summary>What a step says to one role in one locale: a guide with a prompt, or a short text such as the welcome.</summary>
/// <param name="Minutes">How long the task takes; null where the text sets none.</param>
/// <param name="Intro">Markdown.</param>
/// <param name="Prompt">To be copied as it is: not Markdown.</param>
/// <param name="Sections">In the file's order; their headings are in the text's language.</param>
/// <param name="TestedWith">The tool and model that the prompt was tried with; null: not tried.</param>
/// <param name="Owner">Who keeps the text up to date; null for texts without a prompt.</param>
public sealed record GuideText(
    string Title, int? Minutes, string Intro, string? Prompt, IReadOnlyList<Section> Sections,
    string? TestedWith, LocalDate? TestedOn, string? Owner)
{
    /// <summary>What must never be pasted: the last of the four sections, whatever its heading is called in the language.</summary>
    public string? NeverPaste => Sections is [_, _, _, var last] ? last.Markdown : null;

    public GuideText FilledWith(IReadOnlyDictionary<string, string> values) => this with
    {
        Intro = Placeholders.Fill(Intro, values),
        Prompt = Prompt is null ? null : Placeholders.Fill(Prompt, values),
    };
}

public sealed record Section(string Heading, string Markdown);
