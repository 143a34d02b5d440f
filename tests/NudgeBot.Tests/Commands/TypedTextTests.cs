using NudgeBot.Commands;
using NudgeBot.Retention;

namespace NudgeBot.Tests.Commands;

/// <summary>What keyboards, phones and chat programs do to a line.</summary>
public class TypedTextTests
{
    [Theory]
    [InlineData("retention --campaign “my key” --by team")]
    [InlineData("retention --campaign „my key“ --by team")]
    [InlineData("retention --campaign «my key» --by team")]
    [InlineData("retention --campaign ‘my key’ --by team")]
    [InlineData("retention --campaign 'my key' --by team")]
    [InlineData("retention --campaign=\"my key\" --by team")]
    [InlineData("retention –campaign “my key” —by team")]
    [InlineData("retention ―campaign=“my key” –by=team")]
    [InlineData("retention\u00A0--campaign\u202F\"my key\"\u2007--by team")]
    [InlineData("\uFEFFretention \u200B--campaign 'my key'\n--by\tteam\r\n")]
    [InlineData("/nudge retention --campaign 'my key' --by team")]
    [InlineData("nudge Retention ‑‑campaign 'my key' ‑‑by team")]
    public void Line_MeansTheSame(string typed) =>
        Reads.Chat(typed).ShouldBe(new ReportRequest.Retention("my key", Grouping.Team, Csv: false));

    [Theory]
    [InlineData("guide day‑3")]
    [InlineData("guide day–3")]
    [InlineData("“guide” ”day-3“")]
    public void HyphensAndQuotes_OfAnyShape_ArePlain(string typed) =>
        Reads.Chat(typed).ShouldBe(new PersonalRequest.Guide(GuideChoice.Day3));

    [Theory]
    [InlineData("campaign show don't", "don't")]
    [InlineData("campaign show don’t", "don't")]
    [InlineData("campaign show \"open", "\"open")]
    [InlineData("campaign show 5\"", "5\"")]
    [InlineData("campaign show \"a\"b", "\"a\"b")]
    [InlineData("campaign show 'it''s'", "it''s")]
    [InlineData("campaign show \"isn’t – ‘this’\"", "isn’t – ‘this’")]
    public void Quote_ThatGroupsNothing_IsALetter(string typed, string key) =>
        Reads.Chat(typed).ShouldBe(new CampaignRequest.Show(key));

    [Theory]
    [InlineData("blocked I don't know, can't say")]
    [InlineData("blocked it says \"no 'licence'  found\"")]
    [InlineData("blocked “no access” – really")]
    [InlineData("blocked --help me")]
    [InlineData("blocked help")]
    [InlineData("blocked –unsure")]
    [InlineData("blocked -- --organization x @anna [diagram]")]
    [InlineData("blocked first line\nsecond line")]
    [InlineData("blocked 👩‍💻 geht nicht")]
    public void Why_IsKeptAsTyped(string typed) => Reads.Chat(typed).ShouldBe(new PersonalRequest.Blocked(typed["blocked ".Length..]));

    [Theory]
    [InlineData("blocked \"no access\"", "no access")]
    [InlineData("  BLOCKED   no   access  ", "no   access")]
    [InlineData("blocked a\0b\u0007c", "a b c")]
    public void Why_IsCleaned(string typed, string why) => Reads.Chat(typed).ShouldBe(new PersonalRequest.Blocked(why));

    [Theory]
    [InlineData("win listening to the parser's tests")]
    [InlineData("win list comprehensions are quick now")]
    [InlineData("win list 20 bugs in an hour")]
    [InlineData("win --list")]
    [InlineData("win help came in minutes")]
    public void Win_IsKeptAsTyped_AlsoWhereItBeginsLikeItsList(string typed) => Reads.Chat(typed).ShouldBe(new PersonalRequest.Win(typed["win ".Length..]));

    [Theory]
    [InlineData("win list 0", "`win list` takes a whole number from 1 to 50, not “0”.")]
    [InlineData("win list 51", "`win list` takes a whole number from 1 to 50, not “51”.")]
    [InlineData("win list all", "`win list` takes a whole number from 1 to 50, not “all”.")]
    public void WinList_OfAnotherNumber_IsExplained(string typed, string why) => Reads.Refusal(typed).Summary.ShouldBe(why);

    [Fact]
    public void HalfASurrogatePair_WhichNoDatabaseTakes_IsReplaced() =>
        Reads.Chat("blocked half \uD83D pair").ShouldBe(new PersonalRequest.Blocked("half \uFFFD pair"));

    [Fact]
    public void Line_IsReplacedInPart() =>
        Line.OfChat("/nudge snoze “3”  days").Replace(1, "snooze").ShouldBe("/nudge snooze “3”  days");

    [Fact]
    public void Arguments_StayAsTheShellSplitThem()
    {
        var line = Line.OfArguments(["people", "–import", "", "my file’s.csv"]);
        line.Words.Select(w => w.Text).ShouldBe(["people", "–import", "my file’s.csv"]);
        line.Replace(1, "import").ShouldBe("people import \"my file’s.csv\"");
    }
}
