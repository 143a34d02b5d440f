using NudgeBot.Retention;

namespace NudgeBot.Tests.Retention;

public class AbandonmentTests
{
    static AbandonmentReport? Report(params IEnumerable<FollowUp> people)
    {
        var abandonment = new Abandonment();
        foreach (var person in people) abandonment.Add(person);
        return abandonment.Report();
    }

    [Theory]
    [InlineData(14, new[] { 0 }, 14)]
    [InlineData(13, new[] { 0 }, null)]                  // The 14th date is not over.
    [InlineData(127, new[] { 0, 14, 28 }, 42)]           // Gaps of 13 dates are none.
    [InlineData(127, new[] { 0, 15 }, 14)]               // Came back, and had abandoned all the same.
    [InlineData(127, new[] { 60, 65 }, 79)]              // Before the first use there is no gap.
    [InlineData(127, new[] { 113 }, 127)]
    [InlineData(127, new[] { 114 }, null)]
    [InlineData(20, new[] { 5, 20 }, 19)]
    [InlineData(20, new[] { 5, 19, 20 }, null)]
    public void Day_of_abandonment(int lastDay, int[] usedOn, int? day) => Abandonment.DayOf(PersonDates.FollowUp(lastDay, usedOn)).ShouldBe(day);

    [Fact]
    public void Agrees_with_walking_from_date_to_date()
    {
        var random = new Random(3);
        for (var round = 0; round < 50_000; round++)
        {
            var (lastDay, usedOn) = PersonDates.Random(random);
            if (!usedOn.Any(day => day <= lastDay)) continue;

            Abandonment.DayOf(PersonDates.FollowUp(lastDay, usedOn)).ShouldBe(Slow(lastDay, usedOn), $"to {lastDay}: {string.Join(' ', usedOn)}");
        }
    }

    internal static int? Slow(int lastDay, int[] usedOn)
    {
        int? lastUse = null;
        for (var day = 0; day <= lastDay; day++)
        {
            if (usedOn.Contains(day)) lastUse = day;
            if (day == lastUse + 14) return day;
        }
        return null;
    }

    [Fact]
    public void People_who_never_used_the_tool_are_no_subjects() => Report(
        [.. Enumerable.Repeat(PersonDates.FollowUp(60, 0), 4), PersonDates.FollowUp(60), PersonDates.FollowUp(60, 61)]).ShouldBeNull();

    [Fact]
    public void Everybody_abandons_at_once()
    {
        var report = Report(Enumerable.Repeat(PersonDates.FollowUp(60, 2), 5))!;

        report.Days.ShouldBe(
        [
            new StillThere(7, 1, null), new StillThere(14, 1, null), new StillThere(21, 0, null),
            new StillThere(28, 0, null), new StillThere(42, 0, null), new StillThere(56, 0, null),
        ]);
        report.MedianDay.ShouldBe(16);
    }

    [Fact]
    public void A_day_that_fewer_than_five_were_followed_to_is_hidden()
    {
        var report = Report([.. Enumerable.Repeat(PersonDates.FollowUp(30, 0, 10, 20), 6), .. Enumerable.Repeat(PersonDates.FollowUp(60, 0), 4)])!;

        report.Days.Select(day => day?.Share).ShouldBe([1, 0.6, 0.6, 0.6, null, null]);
        // R: survfit(Surv(rep(c(14, 30), c(4, 6)), rep(c(1, 0), c(4, 6))) ~ 1, conf.type="log-log")
        report.Days[1]!.Interval!.Value.Low.ShouldBe(0.252668897, 1e-8);
        report.Days[1]!.Interval!.Value.High.ShouldBe(0.827220967, 1e-8);
        report.MedianDay.ShouldBeNull();
    }

    /// <summary>Nobody of the 10 who still use the tool on day 30 is followed further: day 42 is not known, however many had abandoned.</summary>
    [Fact]
    public void What_comes_after_the_last_person_at_risk_is_not_known() => Report(
        [.. Enumerable.Repeat(PersonDates.FollowUp(30, 0, 10, 20), 10), .. Enumerable.Repeat(PersonDates.FollowUp(60, 0), 10)])!
        .Days.Select(day => day?.Share).ShouldBe([1, 0.5, 0.5, 0.5, null, null]);
}
