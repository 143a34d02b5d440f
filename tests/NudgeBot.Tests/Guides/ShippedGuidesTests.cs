using System.Text.RegularExpressions;
using NudgeBot.Guides;

namespace NudgeBot.Tests.Guides;

public partial class ShippedGuidesTests
{
    static readonly TextLibrary Library = new(Shipped.Content.Guides);
    static readonly string[] Placeholders = ["name", "tool", "campaign", "team", "messages"];

    public static TheoryData<string, string> LocalesAndRoles()
    {
        var data = new TheoryData<string, string>();
        foreach (var locale in new[] { "en", "de" })
            foreach (var role in new[] { "developer", "qa", "business-analyst", "devops", "product-manager", "designer", "any" })
                data.Add(locale, role);
        return data;
    }

    [Fact]
    public void Are_all_well_formed() => Library.Errors.ShouldBeEmpty();

    [Fact]
    public void Are_the_same_files_in_both_languages() => Files("de").ShouldBe(Files("en"));

    [Theory]
    [MemberData(nameof(LocalesAndRoles))]
    public void Give_every_role_three_tasks_with_a_prompt_and_four_sections(string locale, string role)
    {
        foreach (var name in new[] { "day-1", "day-3", "day-5" })
        {
            var found = Library.Find(name, locale, role, []).ShouldNotBeNull($"{locale}/{role}/{name}");
            found.Place.ShouldBe($"{locale}/{role}");
            found.Text.Prompt.ShouldNotBeNullOrWhiteSpace();
            found.Text.Minutes.ShouldNotBeNull();
            found.Text.Owner.ShouldNotBeNull();
            found.Text.Sections.Select(s => s.Heading).ShouldBe(locale == "en"
                ? ["Good output", "Bad output", "Check it", "Never paste"]
                : ["Gutes Ergebnis", "Schlechtes Ergebnis", "So prüfst du es", "Niemals einfügen"]);
        }
    }

    [Theory]
    [MemberData(nameof(LocalesAndRoles))]
    public void Give_every_role_four_chores(string locale, string role)
    {
        Directory.GetFiles(Path.Combine(Shipped.Content.Guides, locale, role, "chores")).Length.ShouldBe(4);
        var chores = Library.ChoresFor(role, locale);
        chores.Select(c => c.Order).ShouldBe([1, 2, 3, 4]);
        chores.Select(c => c.Key).ShouldBe(Library.ChoresFor(role, "en").Select(c => c.Key));
    }

    [Fact]
    public void Use_only_placeholders_that_are_filled() =>
        Directory.EnumerateFiles(Shipped.Content.Guides, "*.md", SearchOption.AllDirectories)
            .SelectMany(path => InBraces().Matches(File.ReadAllText(path)).Select(found => found.Groups[1].Value))
            .Distinct().ShouldBeSubsetOf(Placeholders);

    static IEnumerable<string> Files(string locale)
    {
        var folder = Path.Combine(Shipped.Content.Guides, locale);
        return Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order();
    }

    [GeneratedRegex(@"\{([a-z_]+)\}")]
    private static partial Regex InBraces();
}
