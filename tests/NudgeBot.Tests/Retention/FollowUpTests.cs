using NudgeBot.Retention;

namespace NudgeBot.Tests.Retention;

public class FollowUpTests
{
    [Fact]
    public void Dates_after_the_last_one_do_not_count() => PersonDates.FollowUp(lastDay: 10, usedOn: [0, 10, 11, 127]).Count(0, 127).ShouldBe(2);

    [Fact]
    public void Counts_as_the_written_out_dates_do()
    {
        var random = new Random(1);
        for (var round = 0; round < 20_000; round++)
        {
            var (lastDay, usedOn) = PersonDates.Random(random);
            var first = random.Next(0, 128);
            var last = random.Next(first, 128);

            PersonDates.FollowUp(lastDay, usedOn).Count(first, last).ShouldBe(usedOn.Count(day => day >= first && day <= last && day <= lastDay));
        }
    }
}
