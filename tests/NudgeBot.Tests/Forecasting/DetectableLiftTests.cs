using NodaTime;
using NudgeBot.Enrollment;
using NudgeBot.Forecasting;
using NudgeBot.Retention;

namespace NudgeBot.Tests.Forecasting;

public class DetectableLiftTests
{
    /// <summary>
    /// From statsmodels 0.13.5: the difference at which <c>power_proportions_2indep(diff, prop2, nobs1, ratio, alpha=0.05)</c> is 0.8. It counts what
    /// would be found in the wrong direction too, which is less than a millionth.
    /// </summary>
    [Theory]
    [InlineData(900, 100, 0.2, 0.1324778397943446)]
    [InlineData(90000, 10000, 0.2, 0.01198281895269433)]
    [InlineData(180, 20, 0.2, 0.3123656733278768)]
    [InlineData(500, 500, 0.5, 0.08814496716617833)]
    [InlineData(9000, 1000, 0.8, 0.03556681920582995)]
    [InlineData(45, 5, 0.2, 0.5752651021084054)]
    [InlineData(30, 30, 0.05, 0.2775472338221119)]
    public void Is_that_of_statsmodels(int nudged, int heldOut, double baseline, double expected) =>
        DetectableLift.Of(nudged, heldOut, baseline)!.Value.ShouldBe(expected, tolerance: 1e-6);

    [Theory]
    [InlineData(0, 10, 0.2)]
    [InlineData(10, 0, 0.2)]
    [InlineData(3, 1, 0.2)]
    [InlineData(90, 10, 0.9)]
    [InlineData(90, 10, 1)]
    public void Is_none_where_not_even_everybody_would_do(int nudged, int heldOut, double baseline) =>
        DetectableLift.Of(nudged, heldOut, baseline).ShouldBeNull();

    [Fact]
    public void A_week_is_told_when_nine_of_ten_have_it_behind_them()
    {
        var tally = new LiftTally();
        var monday = new LocalDate(2026, 3, 9);
        for (var i = 0; i < 900; i++) tally.Add(i % 10 == 0 ? Arm.Holdout : Arm.Nudged, monday, leftOn: null);
        for (var i = 0; i < 50; i++) tally.Add(Arm.Nudged, monday.PlusDays(40), leftOn: null);
        for (var i = 0; i < 100; i++) tally.Add(Arm.Nudged, monday, leftOn: monday.PlusDays(20));

        var weeks = tally.Result([new Cell(90, 63), new Cell(90, 45)], to: monday.PlusDays(60));

        weeks.Select(one => (one.Week, one.By, one.Nudged, one.HeldOut, one.Baseline, one.IsMeasured)).Take(3).ShouldBe(
        [
            (1, new LocalDate(2026, 3, 17), 910, 90, 0.7, true),
            (2, new LocalDate(2026, 3, 24), 910, 90, 0.5, true),
            (3, new LocalDate(2026, 3, 31), 810, 90, 0.2, false),
        ]);
        weeks.Count.ShouldBe(8);
        weeks[2].Lift.ShouldBe(DetectableLift.Of(810, 90, 0.2));
    }

    [Fact]
    public void Nothing_is_told_without_a_holdout()
    {
        var tally = new LiftTally();
        tally.Add(Arm.Nudged, new LocalDate(2026, 3, 9), leftOn: null);
        tally.Result([], new LocalDate(2026, 6, 9)).ShouldBeEmpty();
    }
}
