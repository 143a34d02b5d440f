using NudgeBot.Retention;

namespace NudgeBot.Tests.Retention;

/// <summary>A person's dates with use, written out, as the slow reference reads them.</summary>
static class PersonDates
{
    public static FollowUp FollowUp(int lastDay, params IEnumerable<int> usedOn) =>
        NudgeBot.Retention.FollowUp.Of(usedOn.Aggregate(UInt128.Zero, (days, day) => days | UInt128.One << day), lastDay);

    /// <summary>Long gaps and dense spells, to any last day.</summary>
    public static (int LastDay, int[] UsedOn) Random(Random random)
    {
        var density = random.Next(1, 40);
        return (random.Next(0, 128), [.. Enumerable.Range(0, 128).Where(_ => random.Next(density) == 0)]);
    }
}
