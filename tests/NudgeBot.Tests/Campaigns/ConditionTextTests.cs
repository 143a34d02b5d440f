using NodaTime;
using NudgeBot.Campaigns;

namespace NudgeBot.Tests.Campaigns;

public class ConditionTextTests
{
    static readonly Condition Used = new Condition.UsedSinceDayZero();
    static readonly Condition Answered = new Condition.AnsweredEarlier();
    static readonly Condition Idle = new Condition.UsedFewerThan(1, 4);

    public static TheoryData<Condition, string> All => new()
    {
        { Used, "used since day 0" },
        { Answered, "an earlier message was answered" },
        { Idle, "no use on the 4 dates before" },
        { new Condition.UsedFewerThan(1, 1), "no use on the date before" },
        { new Condition.UsedFewerThan(2, 7), "used on fewer than 2 of the 7 dates before" },
        { new Condition.NudgedMembers(3), "the team has at least 3 who get messages" },
        { new Condition.Any([Used, Answered]), "used since day 0 or an earlier message was answered" },
        { new Condition.All([Idle, new Condition.Any([Used, Answered])]), "no use on the 4 dates before and (used since day 0 or an earlier message was answered)" },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void Every_condition_has_its_words(Condition condition, string words) => condition.InWords().ShouldBe(words);

    [Fact]
    public void None_is_without_words() =>
        All.Select(row => row.Data.Item1.GetType()).Distinct().ShouldBe(typeof(Condition).GetNestedTypes(), ignoreOrder: true);

    [Fact]
    public void A_step_says_whom_it_is_for_and_on_what_it_depends()
    {
        var step = new Step
        {
            Key = "step",
            Day = 1,
            At = new LocalTime(10, 0),
            Kind = StepKind.Guide,
            Texts = new Dictionary<string, string> { ["*"] = "text" },
            Fallback = [],
        };
        step.ConditionInWords().ShouldBe("");
        (step with { Entries = [Entry.New, Entry.Lapsed] }).ConditionInWords().ShouldBe("for new and lapsed");
        (step with { OnlyIf = Idle }).ConditionInWords().ShouldBe("only if no use on the 4 dates before");
        (step with { Entries = [Entry.New], OnlyIf = Used, Otherwise = "other" }).ConditionInWords().ShouldBe("for new; another message unless used since day 0");
    }
}
