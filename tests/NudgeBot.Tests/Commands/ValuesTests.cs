using NodaTime;
using NudgeBot.Commands;
using NudgeBot.Retention;
using NudgeBot.Usage;

namespace NudgeBot.Tests.Commands;

public class ValuesTests
{
    [Theory]
    [InlineData("guide day-1", GuideChoice.Day1)]
    [InlineData("guide DAY-5", GuideChoice.Day5)]
    [InlineData("guide chore", GuideChoice.Chore)]
    public void Choice_IsReadAsItsWord(string line, GuideChoice which) => Reads.Chat(line).ShouldBe(new PersonalRequest.Guide(which));

    [Theory]
    [InlineData("snooze 1", 1)]
    [InlineData("snooze 30", 30)]
    [InlineData("Snooze 3", 3)]
    [InlineData("SNOOZE", 7)]
    public void Days_AreRead(string line, int days) => Reads.Chat(line).ShouldBe(new PersonalRequest.Snooze(days));

    [Theory]
    [InlineData("retention --campaign=c --by=cohort")]
    [InlineData("retention --campaign:c --by:cohort")]
    [InlineData("retention --by cohort --campaign c")]
    [InlineData("RETENTION --CAMPAIGN c --By Cohort")]
    public void Options_StandInAnyOrderAndForm(string line) =>
        Reads.Chat(line).ShouldBe(new ReportRequest.Retention("c", Grouping.Cohort, Csv: false));

    [Fact]
    public void Key_NamedLikeACommand_IsAKey() => Reads.Chat("campaign show list").ShouldBe(new CampaignRequest.Show("list"));

    [Fact]
    public void Flags_AreReadInTheTerminal()
    {
        Reads.Terminal("people", "import", "r.csv", "--complete", "--confirm")
            .ShouldBe(new PeopleRequest.Import("r.csv", Complete: true, Confirm: true));
        Reads.Terminal("retention", "--csv", "--campaign", "c").ShouldBe(new ReportRequest.Retention("c", null, Csv: true));
    }

    [Fact]
    public void Argument_WithSpaces_StaysOne() =>
        Reads.Terminal("people", "import", "my roster.csv")
            .ShouldBe(new PeopleRequest.Import("my roster.csv", Complete: false, Confirm: false));

    [Fact]
    public void FileNamedLikeAnOption_IsReadAfterTwoDashes() =>
        Reads.Terminal("campaign", "apply", "--", "--odd.yaml").ShouldBe(new CampaignRequest.Apply("--odd.yaml", null, Draft: false));

    [Theory]
    [InlineData("--organization", "acme", "usage", "feeds")]
    [InlineData("usage", "--organization", "acme", "feeds")]
    [InlineData("usage", "feeds", "--organization=acme")]
    public void Organization_StandsAnywhere(params string[] arguments) =>
        Grammar.Terminal.Read(arguments).ShouldBe(new Reading.Parsed(new OperatorRequest.ListFeeds(), Needs.Operator, "acme"));

    [Fact]
    public void Organization_NotNamed_IsNull() =>
        Grammar.Terminal.Read(["usage", "feeds"]).ShouldBe(new Reading.Parsed(new OperatorRequest.ListFeeds(), Needs.Operator));

    [Fact]
    public void Simulation_TakesEverything() =>
        Reads.Terminal(
            "simulate", "--campaign", "c", "--roster", "r", "--usage", "u", "--format", "github-seats", "--answers", "a",
            "--from", "2026-03-02", "--days", "3", "--out", "o").ShouldBe(
            new OperatorRequest.Simulate("c", "r", new SimulatedUsage("u", UsageFormat.GithubSeats), "a", new LocalDate(2026, 3, 2), 3, "o"));

    [Fact]
    public void Reading_FromManyThreads_IsTheSame() => Parallel.For(0, 2_000, i =>
    {
        Reads.Chat($"snooze {i % 30 + 1}").ShouldBe(new PersonalRequest.Snooze(i % 30 + 1));
        Reads.Refusal("retention --campaign c --by teem").Offers().ShouldBe(["retention --campaign c --by team"]);
    });
}
