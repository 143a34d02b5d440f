using NodaTime;
using NudgeBot.Chat;
using NudgeBot.Retention;

namespace NudgeBot.Tests.Retention;

public class RetentionTextTests
{
    static readonly LocalDate CompleteTo = new(2026, 3, 14);

    static readonly RetentionReport Retention = new(UsageSource.Telemetry, CompleteTo,
    [
        new RetentionRow(Grouping.All, "all", [new Cell(20, 16), new Cell(20, 8), new Cell(20, 0), null]),
        new RetentionRow(Grouping.Entry, "lapsed", [null, null, null, null]),
        new RetentionRow(Grouping.Entry, "new", [new Cell(12, 10), new Cell(12, 5), new Cell(12, 0), null]),
    ]);

    static readonly AdoptionReport Adoption = new(
        UsageSource.Telemetry, CompleteTo, new Cell(20, 8), new Cell(24, 12), 2.44, null,
        new AbandonmentReport([new StillThere(7, 1, null), new StillThere(14, 0.75, (0.314807, 0.930898)), null, null, null, null], 25),
        [new StepFollowed("day-0-welcome", new Cell(20, 10)), new StepFollowed("day-1-guide", null)]);

    static readonly AdoptionReport NothingKnown = new(UsageSource.Self, null, null, null, null, null, null, []);

    [Fact]
    public void Reads_in_a_terminal_of_80_columns() => PlainText.Of(RetentionText.Of(Retention, Adoption)).ShouldBe("""
        Retention, week by week after day 0
        From telemetry, which is complete to 2026-03-14.

            Week     At risk      Active     Share   95 % interval
               1          20          16      80 %   58 % to 92 %
               2          20           8      40 %   22 % to 61 %
               3          20           0       0 %   0 % to 16 %
               4                                 -

            Entry, share in week         1     2     3     4
            lapsed                       -     -     -     -
            new                       83 %  42 %   0 %     -
              reference, no nudges    80 %  40 %  20 %

        Adoption

            In week 4 on two dates or more    40 %  22 % to 61 %    8 of 20
              the mark of month 1             20 %
            Within the last 28 dates          50 %  31 % to 69 %    12 of 24
            Active dates per active week       2.4
            Sessions per active date             -

            Not abandoned (14 dates without use) by
              day 7                          100 %
              day 14                          75 %  31 % to 93 %
              day 21                             -
              day 28                             -
              day 42                             -
              day 56                             -
              half have abandoned by day        25

            Use within 3 dates after a nudge
              day-0-welcome                   50 %  30 % to 70 %    10 of 20
              day-1-guide                        -

        A dash means: not known yet, fewer than 5 people, or hidden because a group that small could be worked out from it.
        Intervals are 95 %. Use after a nudge is not use because of it.
        """);

    [Fact]
    public void Self_reports_say_so()
    {
        var text = PlainText.Of(RetentionText.Of(Retention with { Source = UsageSource.Self, CompleteTo = null }, NothingKnown));

        text.ShouldContain("From what people reported themselves: there is no usage feed of this tool.");
        text.ShouldNotContain("Not abandoned");
        text.ShouldNotContain("after a nudge\n");
    }

    [Fact]
    public void Large_tables_stay_within_80_columns_and_what_a_chat_block_takes()
    {
        var million = new Cell(1_000_000, 1_000_000);
        var weeks = Enumerable.Repeat((Cell?)million, 18).ToList();
        var all = new RetentionRow(Grouping.All, "all", weeks);
        var teams = Enumerable.Range(0, 50).Select(i => new RetentionRow(
            Grouping.Team, $"A team with a very long name \U0001F9D1\U0001F3FD\u200D\U0001F4BB {i}", weeks));
        var adoption = Adoption with { Adopted = million, AfterNudge = [new StepFollowed(new string('x', 60), million)] };

        var message = RetentionText.Of(new RetentionReport(UsageSource.Telemetry, CompleteTo, [all, .. teams]), adoption);

        var tables = message.Blocks.OfType<Block.Prompt>().Select(block => block.Content).ToList();
        tables.Count(table => table.StartsWith("Team, share in week", StringComparison.Ordinal)).ShouldBe(6, "18 weeks in three parts, 50 teams in two");
        tables.ShouldAllBe(table => table.Length <= 3_000);
        PlainText.Of(message with { Blocks = [.. message.Blocks.OfType<Block.Prompt>()] }).Split('\n').Max(line => line.Length).ShouldBeLessThanOrEqualTo(80);
    }

    [Theory]
    [InlineData("Payments", 10, "Payments  ")]
    [InlineData("Payments and more", 10, "Payment...")]
    [InlineData("123456\U0001F9D1\U0001F3FD\u200D\U0001F4BB8901", 10, "123456\U0001F9D1\U0001F3FD\u200D\U0001F4BB...")]
    public void Names_are_cut_between_letters(string name, int width, string shown) => Figures.Name(name, width).ShouldBe(shown);

    [Fact]
    public void Csv_leaves_hidden_figures_empty() => RetentionText.CsvLines(new RetentionReport(UsageSource.Telemetry, CompleteTo,
        [new RetentionRow(Grouping.Team, "Ops, \"the\" best", [new Cell(20, 8), null])])).ShouldBe(
        ["team,\"Ops, \"\"the\"\" best\",1,20,8,0.400000,0.218807,0.613418", "team,\"Ops, \"\"the\"\" best\",2,,,,,"]);

    [Fact]
    public void Csv_has_the_columns_of_its_header() =>
        RetentionText.CsvLines(Retention).ShouldAllBe(line => line.Count(c => c == ',') == RetentionText.CsvHeader.Count(c => c == ','));
}
