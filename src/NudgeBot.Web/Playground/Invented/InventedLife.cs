using NodaTime;
using NudgeBot.Jobs;

namespace NudgeBot.Web.Playground.Invented;

/// <summary>What the invented people do while the clock moves. They act through the conversations as anybody does, and whoever is played by a visitor does not act at all.</summary>
static class InventedLife
{
    public static IReadOnlyList<RecurringJob> Jobs(DemoWorld world)
    {
        var feed = new InventedFeed(world.Product, world.OrganizationId);
        return
        [
            new RecurringJob("invented-use", Schedule.EveryMinutes(1), RunsOn.OneReplica,
                Retry: "not repeated: the next run tells every date that is missing",
                (_, cancellation) => feed.RunAsync(cancellation))
            {
                NextMoment = (_, _) => feed.NextMomentAsync(),
            },
            new Deeds(world, new InventedAnswers(world).OpenAsync, new InventedLines(world).OpenAsync, new InventedSayings(world).OpenAsync).Job("invented-answers"),
            new Deeds(world, new InventedWins(world).OpenAsync).Job("invented-wins"),
        ];
    }
}
