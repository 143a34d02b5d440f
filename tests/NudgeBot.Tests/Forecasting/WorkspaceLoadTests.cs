using NodaTime;
using NudgeBot.Forecasting;

namespace NudgeBot.Tests.Forecasting;

public class WorkspaceLoadTests
{
    static readonly Instant Ten = Instant.FromUtc(2026, 3, 9, 10, 0), Five = Instant.FromUtc(2026, 3, 9, 17, 0);

    static WorkspaceLoad Load(double? perSecond, params Burst[] bursts) => WorkspaceLoad.Of("Acme", "slack", perSecond, bursts);

    [Fact]
    public void Counts_by_full_hours_and_knows_the_fullest()
    {
        var load = Load(null, new Burst(Ten + Duration.FromMinutes(30), Five, 7), new Burst(Ten, Five, 5), new Burst(Ten + Duration.FromHours(2), Five, 11));

        load.Hours.ShouldBe([new HourLoad(Ten, 12), new HourLoad(Ten + Duration.FromHours(2), 11)]);
        load.Peak.ShouldBe(new HourLoad(Ten, 12));
        (load.PerHour, load.LongestQueue, load.TooLate).ShouldBe((null, Duration.Zero, 0));
    }

    [Fact]
    public void A_queue_lasts_as_long_as_the_platform_takes_and_the_next_one_waits_behind_it()
    {
        var load = Load(2, new Burst(Ten, Five, 7200), new Burst(Ten + Duration.FromMinutes(30), Five, 3600));

        load.PerHour.ShouldBe(7200);
        load.LongestQueue.ShouldBe(Duration.FromMinutes(60), "an hour's worth at ten; half an hour's waits thirty minutes behind it");
        load.TooLate.ShouldBe(0);
    }

    [Fact]
    public void What_would_leave_after_its_window_is_too_late_and_holds_up_nobody_the_next_day()
    {
        var tomorrow = Duration.FromHours(24);
        var load = Load(1, new Burst(Ten, Five, 7 * 3600 + 500), new Burst(Ten + tomorrow, Five + tomorrow, 60));

        load.TooLate.ShouldBe(500);
        load.LongestQueue.ShouldBe(Duration.FromHours(7));
    }

    [Fact]
    public void Of_one_moment_those_go_first_whose_window_ends_first()
    {
        var load = Load(1, new Burst(Ten, Five, 3600), new Burst(Ten, Ten + Duration.FromHours(1), 3600));

        load.TooLate.ShouldBe(0);
        load.LongestQueue.ShouldBe(Duration.FromHours(2));
    }
}
