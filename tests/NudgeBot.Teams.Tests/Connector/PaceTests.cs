using NudgeBot.Teams.Connector;

namespace NudgeBot.Teams.Tests.Connector;

public class PaceTests
{
    [Fact]
    public void What_is_late_catches_up_a_little_faster_than_the_limit_and_not_at_once()
    {
        var pace = new Pace(perSecond: 10, new ManualTime());

        Enumerable.Range(0, 12).Select(_ => pace.Take(atOnce: false).TotalMilliseconds).ShouldBe(Enumerable.Range(0, 12).Select(late => late * 1000 / 11.0), tolerance: 0.1);
    }

    [Fact]
    public void Somebody_who_waits_goes_at_once_and_the_others_make_room()
    {
        var pace = new Pace(perSecond: 10, new ManualTime());

        pace.Take(atOnce: true).ShouldBe(TimeSpan.Zero);
        pace.Take(atOnce: true).ShouldBe(TimeSpan.Zero);
        pace.Take(atOnce: false).TotalMilliseconds.ShouldBe(2000 / 11.0, tolerance: 0.1);
    }
}
