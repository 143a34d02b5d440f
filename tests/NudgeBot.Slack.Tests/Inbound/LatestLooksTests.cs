using NudgeBot.Slack.Inbound;

namespace NudgeBot.Slack.Tests.Inbound;

public sealed class LatestLooksTests
{
    [Fact]
    public void The_later_of_two_is_the_latest_whichever_is_noted_first()
    {
        var looks = new LatestLooks();
        var (first, second) = (new SlackView("V1", "h", "1700000001.000100"), new SlackView("V1", "h", "1700000001.000200"));
        looks.IsLatest(first).ShouldBeTrue();

        looks.Note(second);
        looks.Note(first);

        looks.IsLatest(first).ShouldBeFalse();
        looks.IsLatest(second).ShouldBeTrue();
        looks.IsLatest(first with { Id = "V2" }).ShouldBeTrue("another form is another matter");
    }

    [Fact]
    public void It_does_not_grow_for_ever()
    {
        var looks = new LatestLooks();
        var old = new SlackView("V", "h", "2");
        looks.Note(old);
        for (var i = 0; i < 2000; i++) looks.Note(new SlackView($"V{i}", "h", "1"));
        looks.IsLatest(old with { ActionTs = "1" }).ShouldBeTrue("it was forgotten");
    }
}
