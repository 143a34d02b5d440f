using NudgeBot.Chat;
using NudgeBot.Governance;
using NudgeBot.Tests.Engine;

namespace NudgeBot.Tests.Champions;

public class WinListTests
{
    static async Task<string> Seen(NudgedCompany company, string name, string line = "win list")
    {
        var person = company.With(name);
        await person.Types(line);
        person.Last.Parts.ShouldHaveSingleItem().ShouldBeOfType<ReplyPart.Whisper>();
        return person.Heard;
    }

    [Fact]
    public async Task Says_who_when_what_with_which_tool_and_how_it_went_on_the_latest_first()
    {
        await using var company = await TellingCompany.WithAsync("anna", "bob", "carl");
        await company.Tells("anna", "Tests in ten minutes", "Write tests", "30");
        await company.Tick();
        foreach (var name in new[] { "bob", "carl" }) await company.Presses(name, "win.kudos");
        await company.Presses("bob", "win.try");
        await company.At("2026-03-09T08:00");
        await company.Tells("bob", "Release notes\nfrom <commits>");

        (await Seen(company, "carl")).ShouldBe(
            """
            - **bob**, 2026-03-09, Copilot: Release notes from \<commits\>
            - **anna**, 2026-03-08, Copilot: Tests in ten minutes (30 min saved, 2 kudos, tried 1×)
            """);
    }

    [Theory]
    [InlineData("Pacific/Auckland", "2026-03-09")]
    [InlineData("Europe/Berlin", "2026-03-08")]
    [InlineData("Pacific/Honolulu", "2026-03-08")]
    public async Task Dates_are_those_of_whoever_asks(string zone, string date)
    {
        await using var company = await TellingCompany.WithAsync("anna");
        await company.Hire("zoe", zone: zone);
        await company.Tells("anna");
        (await Seen(company, "zoe")).ShouldContain($"**anna**, {date}, ");
    }

    [Theory]
    [InlineData("win list", 10)]
    [InlineData("win list 3", 3)]
    [InlineData("win list 50", 12)]
    public async Task Is_as_long_as_was_asked_for(string line, int lines)
    {
        await using var company = await TellingCompany.WithAsync("anna");
        for (var win = 0; win < 12; win++) await company.Tells("anna", $"Win {win}");
        var seen = (await Seen(company, "anna", line)).Split('\n');
        seen.Length.ShouldBe(lines);
        seen[0].ShouldEndWith("Win 11");
    }

    [Fact]
    public async Task Cuts_what_is_long()
    {
        await using var company = await TellingCompany.WithAsync("anna");
        await company.Tells("anna", new string('a', 1000));
        (await Seen(company, "anna")).ShouldEndWith($": {new string('a', 159)}…");
    }

    [Fact]
    public async Task An_empty_one_says_how_to_begin()
    {
        await using var company = await TellingCompany.WithAsync("anna");
        (await Seen(company, "anna")).ShouldBe("Nobody has told a win yet. Say `win` to tell the first one.");
    }

    [Fact]
    public async Task Speaks_German_to_those_who_do()
    {
        await using var company = await TellingCompany.WithAsync("anna");
        await company.Hire("dora", locale: "de");
        await company.Tells("anna", minutes: "30");
        (await Seen(company, "dora")).ShouldEndWith("(30 Min. gespart)");
    }

    [Fact]
    public async Task Operators_see_the_same()
    {
        await using var company = await TellingCompany.WithAsync("anna");
        await company.Tells("anna");
        var list = await company.Product.Wins.ShowAsync(Asker.Operator(company.Id), 10, TestContext.Current.CancellationToken);
        list.ShouldBeEquivalentTo(Message.Say("- **anna**, 2026-03-08, Copilot: Tests in ten minutes"));
    }
}
