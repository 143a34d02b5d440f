using NodaTime;
using NudgeBot.Files;

namespace NudgeBot.Guides;

sealed class GuideReader(FileErrors errors)
{
    /// <summary>Of a text with its prompt: what every platform shows in one message, whatever its characters become on the way.</summary>
    public const int LongestText = 6000;

    readonly Values values = new(errors);

    public GuideText Guide(MarkdownFile file)
    {
        var fields = new Fields(file.FrontMatter, errors, "title", "minutes", "tested_with", "tested_on", "owner");
        if (file.Intro.Markdown.Length == 0) errors.Add(file.Intro.Line, 1, "The text is empty.");
        var length = file.Intro.Markdown.Length + (file.Intro.Prompt?.Length ?? 0);
        if (length > LongestText)
            errors.Add(file.Intro.Line, 1, $"The text and its prompt have {length} characters; at most {LongestText} fit into one message. What is read on demand can stand in a section.");
        foreach (var section in file.Sections)
        {
            if (section.Markdown.Length == 0) errors.Add(section.Line, 1, $"The section '{section.Heading}' is empty.");
            if (section.Prompt is not null) errors.Add(section.Line, 1, "The prompt stands before the first section.");
        }
        return new GuideText(
            fields.Required("title", values.Line),
            fields.Optional<int?>("minutes", null, node => values.Number(node, 1, 240)),
            file.Intro.Markdown,
            file.Intro.Prompt,
            [.. file.Sections.Select(s => new Section(s.Heading, s.Markdown))],
            fields.Optional<string?>("tested_with", null, TestedWith),
            fields.Optional<LocalDate?>("tested_on", null, TestedOn),
            fields.Optional<string?>("owner", null, values.Line));
    }

    public ChoreText Chore(MarkdownFile file, string key)
    {
        var fields = new Fields(file.FrontMatter, errors, "label", "order", "tested_with", "tested_on", "owner");
        var label = fields.Required("label", values.Line);
        if (label.Length > 75) errors.Add(fields["label"], $"has {label.Length} characters; at most 75 are allowed.");
        fields.Optional<string?>("tested_with", null, TestedWith);
        fields.Optional<LocalDate?>("tested_on", null, TestedOn);
        fields.Optional<string?>("owner", null, values.Line);
        if (file.Intro.Markdown.Length > 0 || file.Intro.Prompt is not null) errors.Add(file.Intro.Line, 1, "A chore begins with its first section.");
        foreach (var other in file.Sections.Where(s => !ChoreHeadings.All.Contains(s.Heading)))
            errors.Add(other.Line, 1, $"A chore's sections are: {string.Join(", ", ChoreHeadings.All)}; not '{other.Heading}'.");
        return new ChoreText(
            key,
            label,
            fields.Required("order", node => values.Number(node, 1, 99)),
            Part(file, ChoreHeadings.Better),
            Part(file, ChoreHeadings.Smallest),
            Part(file, ChoreHeadings.FiveMinutes));
    }

    PromptText Part(MarkdownFile file, string heading)
    {
        var parts = file.Sections.Where(s => s.Heading == heading).ToList();
        if (parts.Count != 1) errors.Add(file.Intro.Line, 1, $"There must be one section '## {heading}'; there are {parts.Count}.");
        foreach (var part in parts.Where(p => p.Markdown.Length == 0 || p.Prompt is null))
            errors.Add(part.Line, 1, $"The section '{heading}' needs a sentence and a ~~~prompt.");
        return new PromptText(parts.FirstOrDefault()?.Markdown ?? "", parts.FirstOrDefault()?.Prompt ?? "");
    }

    string? TestedWith(Node node) => IsNone(node) ? null : values.Line(node);

    LocalDate? TestedOn(Node node) => IsNone(node) ? null : values.Date(node);

    static bool IsNone(Node node) => node is Node.Word { Text: "none" };
}

/// <summary>In English in every language: these tell the parts apart, and people do not see them.</summary>
static class ChoreHeadings
{
    public const string Better = "Better prompt";
    public const string Smallest = "Smallest step";
    public const string FiveMinutes = "Five minutes";

    public static readonly string[] All = [Better, Smallest, FiveMinutes];
}
