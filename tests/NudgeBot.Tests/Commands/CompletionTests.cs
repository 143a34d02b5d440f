using NudgeBot.Commands;

namespace NudgeBot.Tests.Commands;

public class CompletionTests
{
    [Theory]
    [InlineData("", "guide", "used", "win", "blocked", "snooze", "stop", "resume", "home", "settings", "privacy", "help")]
    [InlineData("s", "snooze", "stop", "settings")]
    [InlineData("/nudge GU", "guide")]
    [InlineData("guide ", "chore", "day-1", "day-3", "day-5")]
    [InlineData("guide d", "day-1", "day-3", "day-5")]
    [InlineData("guide day-1 ")]
    [InlineData("snooze ")]
    [InlineData("blocked ")]
    [InlineData("win ", "list")]
    [InlineData("win l", "list")]
    [InlineData("win li", "list")]
    [InlineData("win list ")]
    [InlineData("win Tests ")]
    [InlineData("resume ")]
    [InlineData("campaign ")]
    [InlineData("help sn", "snooze")]
    [InlineData("xyzzy ")]
    public void ForAPerson(string typed, params string[] words) => Words(typed, Needs.Person).ShouldBe(words);

    [Theory]
    [InlineData("ca", "campaign")]
    [InlineData("campaign ", "list", "show", "create", "edit", "step", "text", "move", "apply", "export", "preview", "forecast", "launch", "report", "pause", "resume", "end")]
    [InlineData("campaign show ", "first-60-days", "pilot")]
    [InlineData("campaign show p", "pilot")]
    [InlineData("campaign show pilot ")]
    [InlineData("resume ", "all", "workspace")]
    [InlineData("retention ", "--campaign", "--by")]
    [InlineData("retention --campaign ", "first-60-days", "pilot")]
    [InlineData("retention —campaign “pilot” ", "--by")]
    [InlineData("retention --campaign pilot --by t", "team")]
    [InlineData("help campaign sh", "show")]
    public void ForAnAdministrator(string typed, params string[] words) => Words(typed, Needs.Admin).ShouldBe(words);

    [Theory]
    [InlineData("people import ", "--complete", "--confirm", "--organization")]
    [InlineData("--organization acme us", "usage")]
    [InlineData("usage import u.csv --format ", "csv", "github-copilot", "github-seats")]
    public void InTheTerminal(string typed, params string[] words) =>
        Grammar.Terminal.Complete(typed, typed.Length, Needs.Operator).Select(s => s.Word).ShouldBe(words);

    [Fact]
    public void OnlyWhatStandsBeforeTheCursor_Counts() =>
        Grammar.Chat.Complete("sn 3", 2, Needs.Person).ShouldBe([new Suggestion("snooze", "No messages for some days.")]);

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000)]
    public void Cursor_OutsideTheText_IsMovedInside(int cursor) => Grammar.Chat.Complete("sn", cursor, Needs.Person).ShouldNotBeEmpty();

    [Fact]
    public void Campaigns_AreNotAskedFor_WhereNoneIsExpected() =>
        Grammar.Chat.Complete("campaign ", 9, Needs.Admin, _ => throw new InvalidOperationException()).ShouldNotBeEmpty();

    static IEnumerable<string> Words(string typed, Needs rights) =>
        Grammar.Chat.Complete(typed, typed.Length, rights, _ => ["first-60-days", "pilot"]).Select(s => s.Word);
}
