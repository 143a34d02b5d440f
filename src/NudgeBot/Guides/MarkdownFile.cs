using NudgeBot.Files;

namespace NudgeBot.Guides;

/// <summary>A text file taken apart: fields between <c>---</c> lines, then parts of Markdown with at most one <c>~~~prompt</c> block each.</summary>
/// <param name="Intro">What stands before the first <c>##</c> heading.</param>
sealed record MarkdownFile(Node FrontMatter, MarkdownPart Intro, IReadOnlyList<MarkdownPart> Sections)
{
    public static MarkdownFile Read(string text, FileErrors errors)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var end = lines[0] == "---" ? Array.IndexOf(lines, "---", 1) : -1;
        if (end < 0) errors.Add(1, 1, "The file must begin with its fields (title: ...), between two lines of ---.");
        // The empty line stands for the first ---: so the fields keep their line numbers.
        Node frontMatter = end < 0 ? new Node.Missing() : YamlTree.Read("\n" + string.Join('\n', lines[1..end]), errors);
        var parts = Parts(lines, end + 1, errors);
        return new MarkdownFile(frontMatter, parts[0], parts[1..]);
    }

    /// <summary>Of words without fields and sections.</summary>
    public static MarkdownPart IntroOf(string text, FileErrors errors)
    {
        var parts = Parts(text.ReplaceLineEndings("\n").Split('\n'), 0, errors);
        if (parts.Count > 1) errors.Add(parts[1].Line, 1, "Sections (##) are the guide's own; here stands what comes before them.");
        return parts[0];
    }

    static List<MarkdownPart> Parts(string[] lines, int from, FileErrors errors)
    {
        var parts = new List<MarkdownPart> { new(from + 1, "") };
        for (var i = from; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("~~~")) i = Prompt(lines, i, parts[^1], errors);
            else if (lines[i].StartsWith("## ")) parts.Add(new MarkdownPart(i + 1, lines[i][3..].Trim()));
            else if (lines[i].StartsWith('#')) errors.Add(i + 1, 1, "A heading begins with ## and a blank.");
            else parts[^1].Lines.Add(lines[i]);
        }
        return parts;
    }

    /// <returns>The line in which the prompt ends.</returns>
    static int Prompt(string[] lines, int start, MarkdownPart part, FileErrors errors)
    {
        if (lines[start] != "~~~prompt") errors.Add(start + 1, 1, "A prompt begins with the line ~~~prompt.");
        if (part.Prompt is not null) errors.Add(start + 1, 1, "A second prompt; a part has one.");
        var end = Array.IndexOf(lines, "~~~", start + 1);
        if (end < 0)
        {
            errors.Add(start + 1, 1, "The prompt does not end; it needs a line ~~~.");
            end = lines.Length;
        }
        part.Prompt = string.Join('\n', lines[(start + 1)..end]).Trim('\n');
        if (string.IsNullOrWhiteSpace(part.Prompt)) errors.Add(start + 1, 1, "The prompt is empty.");
        return end;
    }
}

/// <param name="Line">Where it begins.</param>
sealed record MarkdownPart(int Line, string Heading)
{
    public List<string> Lines { get; } = [];
    public string? Prompt { get; set; }
    public string Markdown => string.Join('\n', Lines).Trim();
}
