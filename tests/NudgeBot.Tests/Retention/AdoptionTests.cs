using NudgeBot.Retention;

namespace NudgeBot.Tests.Retention;

public class AdoptionTests
{
    static Cell? Share(params FollowUp[] people)
    {
        var adoption = new Adoption();
        foreach (var person in people) adoption.Add(person);
        return adoption.Share;
    }

    [Fact]
    public void Two_dates_in_week_4_are_adoption() => Share(
        PersonDates.FollowUp(28, 22, 28),
        PersonDates.FollowUp(60, 25, 26, 27),
        PersonDates.FollowUp(28, 22),
        PersonDates.FollowUp(28, 20, 21),
        PersonDates.FollowUp(60, 28, 29),
        PersonDates.FollowUp(28)).ShouldBe(new Cell(6, 2));

    [Fact]
    public void Who_has_not_completed_week_4_is_not_at_risk() => Share(
        [PersonDates.FollowUp(27, 22, 23), .. Enumerable.Repeat(PersonDates.FollowUp(28), 5)]).ShouldBe(new Cell(5, 0));

    [Fact]
    public void Fewer_than_five_are_hidden() => Share([.. Enumerable.Repeat(PersonDates.FollowUp(28, 22, 23), 4)]).ShouldBeNull();
}
