using NudgeBot.Chat;
using NudgeBot.Commands;

namespace NudgeBot.Tests.Commands;

public class HelpTests
{
    [Theory]
    [InlineData("help")]
    [InlineData("HELP")]
    [InlineData("")]
    public void Root_ListsWhatAPersonMayAsk(string line) => Reads.Help(line, Needs.Person).ShouldBe(
        """
        I send a few short messages that help you make a new tool a habit. You can ask me:

        - /nudge guide [day-1|day-3|day-5|chore]: A small task for your role, with a prompt ready to paste.
        - /nudge used [minutes]: Tell that you used the tool today.
        - /nudge win [what]: Tell colleagues what went well with the tool.
        - /nudge win list [count]: The latest wins.
        - /nudge blocked [why]: Something is in the way; a person can help.
        - /nudge snooze [days]: No messages for some days.
        - /nudge stop: No more messages.
        - /nudge resume: Messages again, after snooze or stop.
        - /nudge home: How things stand, with buttons for what comes next.
        - /nudge settings: Your role, your language and when messages may come.
        - /nudge privacy: What is stored about you, and how to have it deleted.
        - /nudge help [command]: What you can ask, or how to ask one thing.

        /nudge help guide explains one of them.
        """);

    [Fact]
    public void Root_ShowsAnAdministratorMore()
    {
        var help = Reads.Help("help", Needs.Admin);
        help.ShouldContain("- /nudge campaign list|show|create|edit|step|text|move|apply|export|preview|forecast|launch|report|pause|resume|end: ");
        help.ShouldContain("- /nudge resume all: ");
        help.ShouldContain("- /nudge pause all|workspace: ");
        help.ShouldContain("- /nudge retention --campaign KEY [--by all|role|team|location|entry|arm|cohort]: ");
    }

    [Theory]
    [InlineData("campaign")]
    [InlineData("help campaign")]
    [InlineData("campaign help")]
    [InlineData("campaign --help")]
    public void Group_ListsItsCommands(string line) =>
        Reads.Help(line, Needs.Owner).ShouldContain("- /nudge campaign show KEY: One campaign: ");

    [Theory]
    [InlineData("help snooze")]
    [InlineData("help snooze 3")]
    [InlineData("snooze help")]
    [InlineData("snooze -h")]
    [InlineData("snooze 3 --help")]
    [InlineData("Snooze /?")]
    public void Command_IsExplained(string line) => Reads.Help(line, Needs.Person).ShouldBe(
        """
        /nudge snooze [days]
        No messages for some days.

        - days: how many days, 1 to 30; 7 if you do not say

        For example:
        - /nudge snooze
        - /nudge snooze 14
        """);

    [Fact]
    public void CommandThatIsAGroupToo_NamesTheRestToThoseWhoMay()
    {
        Reads.Help("help resume", Needs.Admin).ShouldContain("See also:\n- /nudge resume all: ");
        Reads.Help("help resume", Needs.Person).ShouldNotContain("all");
    }

    [Fact]
    public void CommandOfText_IsExplained_OnlyWhereNothingElseIsSaid()
    {
        Reads.Help("blocked --help").ShouldContain("/nudge blocked [why]");
        Reads.Chat("blocked -h is what I typed").ShouldBe(new PersonalRequest.Blocked("-h is what I typed"));
    }

    [Fact]
    public void CommandOfText_NamesWhatIsBelowIt() =>
        Reads.Help("win --help", Needs.Person).ShouldContain("See also:\n- /nudge win list: The latest wins.");

    [Fact]
    public void Terminal_HasItsOwn()
    {
        var help = PlainText.Of(Grammar.Terminal.Read([]).ShouldBeOfType<Reading.Help>().Message);
        help.ShouldContain("- nudgebot people show|set|import|check: The roster.");
        help.ShouldContain("- nudgebot win list: ");
        help.ShouldContain("- --organization NAME: ");
        help.ShouldNotContain("snooze");
    }

    [Fact]
    public void EveryCommand_HasAPage_ThatShowsItsExamples()
    {
        foreach (var grammar in new[] { Grammar.Chat, Grammar.Terminal })
        {
            foreach (var verb in grammar.Root.Below())
            {
                var page = grammar.Read($"help {verb.Path}", Needs.Operator).ShouldBeOfType<Reading.Help>().Message.Text();
                page.ShouldContain(verb.Description!.Replace("`", ""));
                verb.Examples.ShouldAllBe(example => page.Contains(example));
            }
        }
    }
}
