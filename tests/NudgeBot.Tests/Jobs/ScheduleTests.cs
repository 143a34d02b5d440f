using NodaTime;
using NudgeBot.Jobs;

namespace NudgeBot.Tests.Jobs;

public sealed class ScheduleTests
{
    [Fact]
    public void Interval_cron_and_words_say_the_same()
    {
        var seconds = Schedule.EverySeconds(30);
        (seconds.Every, seconds.Cron, seconds.InWords).ShouldBe((Duration.FromSeconds(30), "*/30 * * * * *", "every 30 seconds"));
        var minutes = Schedule.EveryMinutes(5);
        (minutes.Every, minutes.Cron, minutes.InWords).ShouldBe((Duration.FromMinutes(5), "0 */5 * * * *", "every 5 minutes"));
        Schedule.EveryMinutes(1).InWords.ShouldBe("every minute");
        var hours = Schedule.EveryHours(1);
        (hours.Every, hours.Cron, hours.InWords).ShouldBe((Duration.FromHours(1), "0 0 */1 * * *", "every hour"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(7)]
    [InlineData(60)]
    public void Refuses_what_a_cron_expression_would_understand_differently(int number)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Schedule.EverySeconds(number));
        Should.Throw<ArgumentOutOfRangeException>(() => Schedule.EveryMinutes(number));
        Should.Throw<ArgumentOutOfRangeException>(() => Schedule.EveryHours(number));
    }
}
