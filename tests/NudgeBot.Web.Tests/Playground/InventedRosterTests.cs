using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Enrollment;
using NudgeBot.People;
using NudgeBot.Tests;
using NudgeBot.Tests.Database;
using NudgeBot.Web.Playground.Invented;

namespace NudgeBot.Web.Tests.Playground;

/// <summary>The two files about the invented people, each against the other and against what the product takes.</summary>
public class InventedRosterTests
{
    static readonly InventedData Data = InventedData.Shipped;

    static readonly string[] Protagonists =
    [
        .. Data.Says.Select(saying => saying.Email), .. Data.Answers.Select(answer => answer.Email), .. Data.Wins.Select(win => win.Email), InventedCompany.Admin,
        "mia.brandt@oskerby.example", "ananya.kulkarni@oskerby.example", "andre.baptiste@oskerby.example", "tomasz.wrona@oskerby.example",
    ];

    [Fact]
    public async Task People_import_takes_every_row()
    {
        await using var database = await TestDatabase.CreateAsync();
        var clock = ProductClock.StandingAt(Instant.FromUtc(2026, 9, 11, 12, 0));
        await Organizations.EnsureFirstAsync(database.Source, InventedCompany.Name, clock, TestContext.Current.CancellationToken);
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, Roster(), TestContext.Current.CancellationToken);

        var product = new NudgingProduct(database.Source, clock, Shipped.Content, []);
        var report = await product.RosterImport.RunAsync(1, path, new RosterOptions(), stop: TestContext.Current.CancellationToken);

        report.Problems.ShouldBeEmpty();
        report.Warnings.ShouldBeEmpty();
        report.Added.ShouldBe(40);
        File.Delete(path);
    }

    [Fact]
    public void Has_six_roles_eight_zones_four_teams_and_three_champions()
    {
        var rows = Rows();

        rows.Select(row => row["role"]).Distinct().Order().ShouldBe(
            Directory.EnumerateDirectories(Path.Combine(Shipped.Content.Guides, "en")).Select(Path.GetFileName).Where(role => role != "any").Order());
        rows.Select(row => row["time_zone"]).Distinct().Count().ShouldBe(8);
        rows.CountBy(row => row["team"]).Select(team => team.Value).ShouldBe([11, 10, 10, 9], ignoreOrder: true);
        rows.Count(row => row["champion"] == "yes").ShouldBe(3);
        rows.ShouldAllBe(row => (row["locale"] == "de") == (row["country"] == "DE" && row["email"] != "mia.brandt@oskerby.example"));
        rows.ShouldAllBe(row => row["email"].EndsWith(".example"));
    }

    [Fact]
    public void Holds_out_four_of_whom_the_story_tells_nothing()
    {
        var heldOut = Rows().Where(row => Draw.IsWithin(Draw.Arm(Shipped.Campaign.Key, row["email"]), 10)).ToList();

        heldOut.Count.ShouldBe(4);
        heldOut.ShouldAllBe(row => row["champion"] == "no");
        heldOut.Select(row => row["email"]).Intersect(Protagonists).ShouldBeEmpty();
    }

    [Fact]
    public void Says_of_everybody_in_the_roster_and_of_nobody_else_how_they_live()
    {
        var everybody = Rows().Select(row => row["email"]).ToList();

        Data.People.Keys.ShouldBe(everybody, ignoreOrder: true);
        Protagonists.Concat(Data.Lines.Select(line => line.Email)).Concat(Data.Wins.SelectMany(win => win.Kudos)).Except(everybody).ShouldBeEmpty();
    }

    [Fact]
    public async Task Speaks_of_steps_that_the_campaign_has()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Shipped.Content.Campaigns, "first-60-days.yaml"), TestContext.Current.CancellationToken);
        var steps = CampaignFile.Parse(text).Campaign!.Steps.Select(step => step.Key);

        Data.Answers.Select(answer => answer.Step).Concat(Data.Lines.Select(line => line.Step)).Except(steps).ShouldBeEmpty();
    }

    [Fact]
    public void Gives_nobody_kudos_for_their_own_win() => Data.Wins.ShouldAllBe(win => !win.Kudos.Contains(win.Email));

    static string Roster()
    {
        using var reader = new StreamReader(InventedData.Open("roster.csv"));
        return reader.ReadToEnd();
    }

    static List<Dictionary<string, string>> Rows()
    {
        var lines = Roster().Trim().Split('\n').Select(line => line.Split(',')).ToList();
        return [.. lines.Skip(1).Select(cells => lines[0].Zip(cells).ToDictionary(cell => cell.First, cell => cell.Second))];
    }
}
