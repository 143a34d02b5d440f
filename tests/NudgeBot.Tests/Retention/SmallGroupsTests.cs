using NudgeBot.Retention;

namespace NudgeBot.Tests.Retention;

public class SmallGroupsTests
{
    /// <summary>Which cells are shown, by how many are at risk in each; 0: nobody.</summary>
    static int[] Shown(params int[] atRisk) =>
        [.. SmallGroups.Hide([.. atRisk.Select(count => count == 0 ? (Cell?)null : new Cell(count, count / 2))]).Select(cell => cell?.AtRisk ?? 0)];

    [Fact]
    public void Five_are_enough_to_be_shown() => Shown(5, 6, 100).ShouldBe([5, 6, 100]);

    [Fact]
    public void Fewer_than_five_are_hidden() => Shown(4, 1, 100).ShouldBe([0, 0, 100]);

    [Fact]
    public void The_smallest_shown_one_is_hidden_too_when_the_hidden_are_one_to_four() => Shown(20, 4, 10, 30).ShouldBe([20, 0, 0, 30]);

    [Fact]
    public void Of_equals_the_first_by_value_is_hidden_too() => Shown(30, 10, 3, 10).ShouldBe([30, 0, 0, 10]);

    [Fact]
    public void Hidden_ones_that_have_five_together_hide_no_more() => Shown(3, 2, 10, 10).ShouldBe([0, 0, 10, 10]);

    [Fact]
    public void Where_nobody_is_at_risk_nothing_is_hidden() => Shown(0, 10, 10).ShouldBe([0, 10, 10]);

    [Fact]
    public void All_are_hidden_where_nothing_else_protects() => Shown(2, 7).ShouldBe([0, 0]);

    [Fact]
    public void A_total_is_hidden_only_if_itself_under_five()
    {
        Shown(4).ShouldBe([0]);
        Shown(5).ShouldBe([5]);
        SmallGroups.Alone(new Cell(4, 4)).ShouldBeNull();
        SmallGroups.Alone(new Cell(5, 0)).ShouldBe(new Cell(5, 0));
    }

    [Fact]
    public void What_the_hidden_have_together_is_never_one_to_four_beside_a_shown_cell()
    {
        var random = new Random(1);
        for (var round = 0; round < 20_000; round++)
        {
            var atRisk = Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.Next(0, 12)).ToArray();

            var shown = Shown(atRisk);

            var case_ = string.Join(", ", atRisk);
            var hidden = Enumerable.Range(0, atRisk.Length).Where(i => atRisk[i] > 0 && shown[i] == 0).ToList();
            var rest = atRisk.Sum() - shown.Sum(); // What anybody can compute.
            shown.ShouldAllBe(count => count == 0 || count >= 5, case_);
            if (shown.Any(count => count > 0))
            {
                (rest is 0 or >= 5).ShouldBeTrue(case_);
                // The rest is the sum of several: none of them is known.
                hidden.Count.ShouldNotBe(1, case_);
            }
            else (atRisk.Sum() < 5 || hidden.Count > 1).ShouldBeTrue(case_);
            // No more is hidden than the rule asks for: without the largest of those that were big enough, it would not hold.
            if (hidden.Where(i => atRisk[i] >= 5).Select(i => atRisk[i]).DefaultIfEmpty(0).Max() is > 0 and var last) (rest - last).ShouldBeLessThan(5, case_);
        }
    }
}
