using NodaTime;
using NudgeBot.Campaigns;
using NudgeBot.Gates;

namespace NudgeBot.Tests.Gates;

public class GateTests
{
    static readonly Goal Thirty = new(GoalMetric.Week3Retention, 20, 30, new LocalDate(2026, 6, 30));

    static readonly GateCounts Good = new()
    {
        People = 120,
        Days = 28,
        Delivery = new Portion(100, 95),
        OptOuts = new Portion(100, 5),
        Blocked = new Portion(100, 10),
        Week3 = new Portion(100, 30),
    };

    [Fact]
    public void Passes_when_every_figure_just_meets_its_threshold() => Verdicts(Good).ShouldAllBe(verdict => verdict == GateVerdict.Passed);

    public static TheoryData<GateCounts, GateMeasure, GateVerdict> Worse => new()
    {
        { Good with { People = 29 }, GateMeasure.People, GateVerdict.TooEarly },
        { Good with { Days = 27 }, GateMeasure.Days, GateVerdict.TooEarly },
        { Good with { Days = null }, GateMeasure.Days, GateVerdict.TooEarly },
        { Good with { Delivery = new Portion(100, 94) }, GateMeasure.Delivery, GateVerdict.Failed },
        { Good with { Delivery = new Portion(29, 29) }, GateMeasure.Delivery, GateVerdict.TooEarly },
        { Good with { OptOuts = new Portion(100, 6) }, GateMeasure.OptOuts, GateVerdict.Failed },
        { Good with { Blocked = new Portion(100, 11) }, GateMeasure.Blocked, GateVerdict.Failed },
        { Good with { Week3 = new Portion(100, 29) }, GateMeasure.Week3Retention, GateVerdict.Failed },
        { Good with { Week3 = new Portion(29, 0) }, GateMeasure.Week3Retention, GateVerdict.TooEarly },
    };

    [Theory, MemberData(nameof(Worse))]
    public void One_figure_that_does_not_is_enough_to_fail(GateCounts counts, GateMeasure measure, GateVerdict verdict)
    {
        var figures = Gate.Judge(counts, GateThresholds.Default, [Thirty]);
        figures.Single(figure => figure.Verdict != GateVerdict.Passed).ShouldSatisfyAllConditions(
            figure => figure.Measure.ShouldBe(measure), figure => figure.Verdict.ShouldBe(verdict));
        figures.IsPassed().ShouldBeFalse();
    }

    [Fact]
    public void Retention_without_a_goal_is_told_and_is_no_obstacle()
    {
        var figures = Gate.Judge(Good with { Week3 = new Portion(100, 0) }, GateThresholds.Default, []);
        figures[^1].Verdict.ShouldBe(GateVerdict.NotAsked);
        figures.IsPassed().ShouldBeTrue();
        GateText.Line(figures[^1]).ShouldBe("Week-3 retention: 0 % of 100 people (0 % to 4 %): there is no goal for it");
    }

    /// <summary>Wilson's known value: 8 of 20 is 21.9 % to 61.3 %.</summary>
    [Fact]
    public void Figures_come_with_interval_threshold_and_verdict()
    {
        var figures = Gate.Judge(Good with { Blocked = new Portion(20, 8) }, GateThresholds.Default with { People = 5 }, [Thirty]);
        GateText.Of(figures).ShouldBe("""
            - Enough people: 120, at least 5: **passed**
            - Days without a change of the rollout or a breach: 28, at least 28: **passed**
            - Delivery: the last message arrived: 95 % of 100 people (89 % to 98 %), at least 95 %: **passed**
            - Opt-outs: 5 % of 100 people (2 % to 11 %), at most 5 %: **passed**
            - Blocked: 40 % of 20 people (22 % to 61 %), at most 10 %: **failed**
            - Week-3 retention: 30 % of 100 people (22 % to 40 %), the goal is at least 30 %: **passed**
            """);
    }

    [Fact]
    public void Nothing_is_told_of_fewer_than_five_people()
    {
        var figure = Gate.Judge(Good with { Blocked = new Portion(4, 2) }, GateThresholds.Default, []).Single(one => one.Measure == GateMeasure.Blocked);
        figure.Portion.ShouldBeNull();
        GateText.Line(figure).ShouldBe("Blocked: fewer than 5 people yet, at most 10 %: **too early**");
        GateText.Json([figure]).ShouldBe("""[{"measure":"blocked","verdict":"too-early","count":null,"people":null,"threshold":10}]""");
    }

    /// <summary>5 of 30 is 17 %, 7.3 % to 33.6 %: beyond 5 %. 4 of 30 is 13 %, 5.3 % to 29.7 %; 3 of 30 begins at 3.5 %.</summary>
    [Theory]
    [InlineData(30, 4, true)]
    [InlineData(30, 3, false)]
    [InlineData(29, 29, false)]
    [InlineData(1000, 60, false)]
    [InlineData(1000, 70, true)]
    public void Opt_outs_are_a_breach_when_the_whole_interval_is_beyond(int people, int count, bool isBreach) =>
        Gate.Breaches(new GateCounts { OptOuts = new Portion(people, count) }, GateThresholds.Default).Any().ShouldBe(isBreach);

    /// <summary>90 of 100 is 82.6 % to 94.5 %; 91 of 100 ends at 95.2 %.</summary>
    [Theory]
    [InlineData(100, 90, true)]
    [InlineData(100, 91, false)]
    [InlineData(29, 0, false)]
    public void Delivery_is_a_breach_when_the_whole_interval_is_below(int people, int count, bool isBreach) =>
        Gate.Breaches(new GateCounts { Delivery = new Portion(people, count) }, GateThresholds.Default).Any().ShouldBe(isBreach);

    [Theory]
    [InlineData(0, 10, 0)]
    [InlineData(9, 10, 0)]
    [InlineData(10, 50, 0)]
    [InlineData(50, 100, 10)]
    [InlineData(70, 100, 50)]
    [InlineData(100, null, 50)]
    public void Stages_come_after_and_before_a_percentage(int percent, int? after, int before)
    {
        RolloutStages.Default.After(percent).ShouldBe(after);
        RolloutStages.Default.Before(percent).ShouldBe(before);
    }

    [Theory]
    [InlineData("10,50,100", true)]
    [InlineData("10 % / 100 %", true)]
    [InlineData("50,10", false)]
    [InlineData("0,10", false)]
    [InlineData("10,10", false)]
    [InlineData("10,x", false)]
    [InlineData("", false)]
    public void Stages_are_typed_in_several_ways(string typed, bool isRight) => (RolloutStages.Parse(typed) is not null).ShouldBe(isRight);

    static IEnumerable<GateVerdict> Verdicts(GateCounts counts) => Gate.Judge(counts, GateThresholds.Default, [Thirty]).Select(figure => figure.Verdict);
}
