using NudgeBot.Chat;
using NudgeBot.Commands;

namespace NudgeBot.Tests.Commands;

public class HostileTextTests
{
    public static TheoryData<string> Lines =>
    [
        "@anna", "@/etc/passwd", "@", "guide @anna", "[diagram] stop", "[suggest:3] guide", "[env:PATH=x] stop", "[diagram]", "--version",
        "--", "-", "-abc", "nudge.exe stop", "x/nudge stop", "nudge nudge stop",
        "\"", "\\", "`", "*", "<!channel> <@U1>", "💥", "ＳＴＯＰ", "ستوپ", "\uD83D",
        "stop stop", "stop --", "campaign show \"", "retention --campaign", "guide --by x", "resume resume", "help help stop", "help @anna",
        "constructor", "null", "{0}", "%s", "'; drop table people; --", "end", "apply", "Stop. Please!",
    ];

    [Theory, MemberData(nameof(Lines))]
    public void AnyLine_IsAnsweredInBothPlaces_ForEverybody_WithButtonsThatWork(string line)
    {
        foreach (var rights in Enum.GetValues<Needs>())
        {
            if (Grammar.Chat.Read(line, rights).Refusal() is not { } refusal) continue;
            refusal.Summary.ShouldNotBeEmpty();
            foreach (var button in refusal.Buttons())
            {
                button.ActionId.ShouldBe("command");
                Grammar.Chat.Read(button.Payload, rights).Refusal().ShouldBeNull(button.Payload);
            }
        }
        Grammar.Terminal.Read(line.Split(' ')).Match(_ => true, _ => true, _ => true, _ => true, _ => true).ShouldBeTrue();
    }

    [Theory]
    [InlineData("@anna")]
    [InlineData("@/etc/passwd")]
    [InlineData("[diagram] stop")]
    [InlineData("[suggest:0] stop")]
    [InlineData("[env:A=b] stop")]
    [InlineData("--version")]
    [InlineData("\"")]
    [InlineData("stop now")]
    public void Line_ThatIsNoCommand_IsRefused(string line) =>
        Reads.Refusal(line).Text().ShouldContain(line.Split(' ') is [_, "now"] ? "“now”" : "“");

    [Theory]
    [InlineData("")]
    [InlineData("   \t\n ")]
    [InlineData("\"\"")]
    [InlineData("“” ''")]
    [InlineData("\u200B\u00A0\0")]
    [InlineData("-h")]
    [InlineData("--help")]
    [InlineData("/?")]
    [InlineData("/nudge")]
    public void Line_ThatSaysNothing_GetsHelp(string line) => Reads.Help(line).ShouldContain("/nudge guide");

    [Fact]
    public void FileReference_IsNeverRead()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "stop");
        Reads.Refusal($"@{file}").Text().ShouldStartWith("I do not know");
        Reads.Refusal($"snooze @{file}").Text().ShouldContain("whole number");
        Reads.Terminal("people", "show", $"@{file}").ShouldBe(new PeopleRequest.Show($"@{file}"));
        File.Delete(file);
    }

    [Fact]
    public void LongText_IsRefusedAsTooLong()
    {
        Reads.Refusal(new string('a', 100_000)).Text().ShouldContain("4,000");
        Reads.Refusal($"blocked {new string('\'', 100_000)}").Text().ShouldContain("4,000");
    }

    [Fact]
    public void LongText_OfAllowedLength_IsAnsweredShortly()
    {
        string[] lines = [new string('a', 4_000), string.Concat(Enumerable.Repeat("\" ", 2_000)), $"snoze {new string('9', 3_900)}"];
        foreach (var line in lines)
        {
            var answer = Reads.Refusal(line);
            answer.Text().Length.ShouldBeLessThan(300);
            answer.Buttons().ShouldAllBe(b => b.Payload.Length <= 2_000 && b.Label.Length <= 75);
        }
        Reads.Terminal("people", "show", new string('a', 100_000)).ShouldBeOfType<PeopleRequest.Show>();
        Grammar.Terminal.Read([.. Enumerable.Repeat("a", 50_000)]).ShouldBeOfType<Reading.Rejected>();
    }

    [Theory]
    [InlineData("<!channel>")]
    [InlineData("**bold**")]
    [InlineData("[a](http://b)")]
    [InlineData("`code`")]
    [InlineData("snooze ```x")]
    public void TypedText_InAnAnswer_StaysText(string line)
    {
        var typed = line.Split(' ')[^1];
        Reads.Refusal(line).Summary.ShouldContain($"“{Markdown.Escape(typed)}”");
    }

    [Fact]
    public void TypedText_CannotLeaveTheCodeSpanOfAnOffer()
    {
        var offer = Reads.Refusal("blockd `<!channel>` now").Blocks.OfType<Block.Text>().Last().Markdown;
        offer.ShouldBe("Did you mean `/nudge blocked '<!channel>' now`?");
    }

    [Fact]
    public void Reading_WritesNothingToTheConsole()
    {
        var (output, error) = (Console.Out, Console.Error);
        using var written = new StringWriter();
        Console.SetOut(written);
        Console.SetError(written);
        try
        {
            foreach (var line in Lines.Select(row => row.Data).Concat(["", "help", "-h", "--version", "stop", "snoze", "campaign show"]))
            {
                Grammar.Chat.Read(line, Needs.Admin);
                Grammar.Terminal.Read(line.Split(' '));
                Grammar.Chat.Complete(line, line.Length, Needs.Admin);
            }
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
        written.ToString().ShouldBeEmpty();
    }
}
