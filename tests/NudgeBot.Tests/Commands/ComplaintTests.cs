using NudgeBot.Commands;

namespace NudgeBot.Tests.Commands;

public class ComplaintTests
{
    [Theory]
    [InlineData("guide foo", "guide takes one of day-1, day-3, day-5, chore, not “foo”.")]
    [InlineData("snooze 31", "snooze takes a whole number from 1 to 30, not “31”.")]
    [InlineData("snooze -5", "snooze takes a whole number from 1 to 30, not “-5”.")]
    [InlineData("snooze 99999999999", "snooze takes a whole number from 1 to 30, not “99999999999”.")]
    [InlineData("used 1,5", "used takes a whole number from 0 to 1440, not “1,5”.")]
    [InlineData("snooze 3 4", "“4” is more than snooze takes.")]
    [InlineData("stop it", "“it” is more than stop takes.")]
    [InlineData("campaign show a b", "“b” is more than campaign show takes.")]
    [InlineData("retention --campaign", "--campaign needs a value, KEY: the campaign's key.")]
    [InlineData("retention --campaign --by team", "--campaign needs a value, KEY: the campaign's key.")]
    [InlineData("retention --campaign a --campaign b", "--campaign is there twice.")]
    [InlineData("retention --campaign a --csv", "retention has no option “--csv”.")]
    [InlineData("retention --campaign a --by size", "--by takes one of all, role, team, location, entry, arm, cohort, not “size”.")]
    [InlineData("guide --day 3", "guide has no option “--day”.")]
    public void InChat_SaysWhatIsWrong(string line, string said)
    {
        var text = Reads.Refusal(line).Text();
        text.ShouldStartWith(said);
        text.ShouldContain("For example: /nudge ");
        text.ShouldContain(" tells more.");
    }

    [Theory]
    [InlineData("simulate", "simulate needs --campaign F.yaml, --roster R.csv, --from DATE, --days N, --out DIR.")]
    [InlineData("simulate --campaign c --roster r --usage u --from 2026-03-02 --days 3 --out o", "In simulate, --usage and --format")]
    [InlineData("simulate --campaign c --roster r --format csv --from 2026-03-02 --days 3 --out o", "In simulate, --usage and --format")]
    [InlineData("usage import f --format excel", "--format takes one of github-copilot, github-seats, csv, not “excel”.")]
    [InlineData("usage import f --format csv --complete-to 14.3.2026", "--complete-to takes a date such as 2026-03-14, not “14.3.2026”.")]
    [InlineData("people import --complte f.csv", "people import has no option “--complte”.")]
    [InlineData("people import", "people import needs FILE, the roster, as CSV.")]
    [InlineData("people import f --complete=maybe", "“maybe” is more than people import takes.")]
    [InlineData("people show a@b.c --organization", "--organization needs a value, NAME: which organization")]
    [InlineData("usage feeds -v", "usage feeds has no option “-v”.")]
    public void InTheTerminal_SaysWhatIsWrong(string line, string said)
    {
        var text = Grammar.Terminal.Read(line.Split(' ')).ShouldBeOfType<Reading.Rejected>().Message.Text();
        text.ShouldStartWith(said);
        text.ShouldContain("For example: nudgebot ");
    }

    [Fact]
    public void EmptyArgument_IsAMissingOne() =>
        Grammar.Terminal.Read(["people", "show", ""]).ShouldBeOfType<Reading.Rejected>()
            .Message.Text().ShouldStartWith("people show needs WHO");
}
