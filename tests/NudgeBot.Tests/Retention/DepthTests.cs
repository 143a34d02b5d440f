using NudgeBot.Retention;

namespace NudgeBot.Tests.Retention;

public class DepthTests
{
    static double? Mean(params IEnumerable<FollowUp> people)
    {
        var depth = new Depth();
        foreach (var person in people) depth.Add(person);
        return depth.ActiveDatesPerActiveWeek;
    }

    [Fact]
    public void Weeks_without_use_or_not_over_do_not_count() => Mean(
        PersonDates.FollowUp(21, 0, 1, 2, 3, 15), // Weeks 1 with three dates, 3 with one; day 0 is in no week.
        PersonDates.FollowUp(20, 7, 8, 15, 16),   // Weeks 1 and 2 with one each; week 3 is not over.
        PersonDates.FollowUp(14, 8, 14),
        PersonDates.FollowUp(14, 7),
        PersonDates.FollowUp(14, 1, 14),
        PersonDates.FollowUp(127)).ShouldBe((3 + 1 + 1 + 1 + 2 + 1 + 1 + 1) / 8.0);

    [Fact]
    public void Fewer_than_five_with_an_active_week_are_hidden() =>
        Mean([.. Enumerable.Repeat(PersonDates.FollowUp(28, 22, 23), 4), PersonDates.FollowUp(28), PersonDates.FollowUp(6, 1)]).ShouldBeNull();

    [Fact]
    public void Agrees_with_counting_week_by_week()
    {
        var random = new Random(2);
        var people = Enumerable.Range(0, 2_000).Select(_ => PersonDates.Random(random)).ToList();

        var weeks = from person in people
                    from week in Enumerable.Range(1, 18)
                    where 7 * week <= person.LastDay
                    let dates = person.UsedOn.Count(day => day > 7 * (week - 1) && day <= 7 * week)
                    where dates > 0
                    select dates;
        Mean(people.Select(person => PersonDates.FollowUp(person.LastDay, person.UsedOn))).ShouldBe(weeks.Average());
    }
}
