using System.Text.RegularExpressions;
using NudgeBot.Commands;

namespace NudgeBot.Tests.Conventions;

/// <summary>What the documentation says of files, settings and commands is there.</summary>
public partial class DocsTests
{
    [Fact]
    public void Every_relative_link_leads_to_a_file() =>
        Pages()
            .SelectMany(page => Links().Matches(page.Text).Select(link => (page.Path, Target: link.Groups["target"].Value)))
            .Where(link => !link.Target.Contains("://") && !link.Target.StartsWith("mailto:"))
            .Where(link => FileOf(link.Path, link.Target) is var file && !File.Exists(file) && !Directory.Exists(file))
            .Select(link => $"{Path.GetFileName(link.Path)}: {link.Target}")
            .ShouldBeEmpty();

    /// <summary>A heading's anchor is its text in lower case, without punctuation, with hyphens for blanks.</summary>
    [Fact]
    public void Every_anchor_is_a_heading_of_its_page() =>
        Pages()
            .SelectMany(page => Links().Matches(page.Text).Select(link => (page.Path, Target: link.Groups["target"].Value)))
            .Where(link => link.Target.Contains('#') && !link.Target.Contains("://"))
            .Where(link => !Anchors(FileOf(link.Path, link.Target)).Contains(link.Target[(link.Target.IndexOf('#') + 1)..]))
            .Select(link => $"{Path.GetFileName(link.Path)}: {link.Target}")
            .ShouldBeEmpty();

    [Fact]
    public void Every_setting_is_explained()
    {
        var explained = Settings().Matches(Pages().Single(page => page.Path.EndsWith("operations.md")).Text).Select(found => found.Value).ToHashSet();
        var read = SourceFiles.All(".cs").SelectMany(file => Settings().Matches(file.Text)).Select(found => found.Value).Distinct().ToList();

        read.Count.ShouldBeGreaterThan(2, "the search itself must not have gone blind");
        read.Where(setting => !explained.Contains(setting)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_setting_of_Teams_is_in_its_manual()
    {
        var manual = Settings().Matches(Pages().Single(page => page.Path.EndsWith("install-teams.md")).Text).Select(found => found.Value).ToHashSet();
        var read = Settings().Matches(SourceFiles.All("TeamsConfiguration.cs").Single().Text).Select(found => found.Value).Distinct().ToList();

        read.Count.ShouldBeGreaterThan(10, "the search itself must not have gone blind");
        read.Where(setting => setting.Contains("TEAMS_") && !manual.Contains(setting)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_command_is_understood()
    {
        var lines = Pages().SelectMany(page => CommandLines(page.Text).Select(line => (page.Path, Line: line))).ToList();

        lines.Count.ShouldBeGreaterThan(10, "the search itself must not have gone blind");
        lines.Where(one => Grammar.Terminal.Read(one.Line.Split(' ', StringSplitOptions.RemoveEmptyEntries)) is Reading.Rejected)
            .Select(one => $"{Path.GetFileName(one.Path)}: ./nudgebot {one.Line}")
            .ShouldBeEmpty();
    }

    static List<(string Path, string Text)> Pages()
    {
        var root = SourceFiles.Root();
        return
        [
            .. Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md").Order().Prepend(Path.Combine(root, "README.md"))
                .Select(path => (path, File.ReadAllText(path))),
        ];
    }

    static string FileOf(string page, string target) =>
        target.Split('#')[0] is { Length: > 0 } path ? Path.GetFullPath(path, Path.GetDirectoryName(page)!) : page;

    static HashSet<string> Anchors(string file) =>
    [
        .. Headings().Matches(File.ReadAllText(file))
            .Select(heading => Punctuation().Replace(heading.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-')),
    ];

    /// <summary>In blocks and in tables; what the script itself does instead of the program is left out. A prompt may stand before it.</summary>
    static IEnumerable<string> CommandLines(string page) =>
        from block in Code().Matches(page).Select(code => code.Value.Trim('`'))
        from line in block.Split('\n')
        where Command().Match(line) is { Success: true }
        let words = Command().Match(line).Groups["words"].Value.Trim()
        where words.Split(' ')[0] is not ("test" or "bench")
        select words;

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Links();

    [GeneratedRegex(@"\b(NUDGEBOT|SLACK|TEAMS)_[A-Z][A-Z_]*[A-Z]", RegexOptions.ExplicitCapture)]
    private static partial Regex Settings();

    [GeneratedRegex("^#+ (?<text>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Headings();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();

    [GeneratedRegex("```.*?```|`[^`\n]+`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^(\$ )?\./nudgebot (?<words>.+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Command();
}
