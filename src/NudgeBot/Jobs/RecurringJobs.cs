using NodaTime;
using NudgeBot.People;

namespace NudgeBot.Jobs;

/// <summary>All that NudgeBot does by the clock. No failed run is repeated by itself: each job does what is due and not yet done, so the next run is the retry.</summary>
public static class RecurringJobs
{
    public static IReadOnlyList<RecurringJob> All { get; } =
    [
        // Once is enough: its statements take ten thousand people at a time.
        new("plan", Schedule.EverySeconds(30), RunsOn.OneReplica,
            Retry: "not repeated: the next look is 30 seconds away, and a batch is one transaction",
            (product, cancellation) => product.Tick.PlanAsync(cancellation))
        {
            NextMoment = (product, cancellation) => product.Tick.NextMomentAsync(cancellation),
        },

        // Every replica dispatches, because sending is what takes long: rows are claimed with SKIP LOCKED, so two replicas send twice as
        // much and never the same. An engine's cluster would give each run to one replica only.
        new("dispatch", Schedule.EverySeconds(30), RunsOn.EveryReplica,
            Retry: "not repeated: the next look is 30 seconds away, and what was claimed has a lease that is given back or swept",
            (product, cancellation) => product.Tick.DispatchAsync(cancellation))
        {
            NextMoment = (product, cancellation) => product.Tick.NextMomentAsync(cancellation),
        },

        // Once is enough: it locks a campaign while it takes people in, so a second one would only wait.
        new("enroll", Schedule.EveryMinutes(5), RunsOn.OneReplica,
            Retry: "not repeated: nobody is due within minutes of being enrolled, and a transaction per campaign leaves nothing half done",
            EnrollAsync)
        {
            // Campaigns start, licences begin and people leave by local dates.
            NextMoment = NextDateAsync,
        },

        // Once is enough: a single statement settles all that has run out, and a platform is asked about each message once. Leases last 2 minutes.
        new("sweep-leases", Schedule.EveryMinutes(1), RunsOn.OneReplica,
            Retry: "not repeated: a lease that ran out stays so until the next minute's run",
            (product, cancellation) => product.Tick.SweepAsync(cancellation))
        {
            // Leases go by the database's clock: moving product time ends none. Questions have their time.
            NextMoment = (product, cancellation) => product.Tick.NextQuestionAsync(cancellation),
        },

        // Once is enough: what a platform's limits allow is shared by all replicas.
        new("prepare", Schedule.EveryMinutes(1), RunsOn.OneReplica,
            Retry: "not repeated: what was read or opened is stored, and the next minute's run goes on from there",
            PrepareAsync)
        {
            // Platforms have limits by the clock of the world: moving product time widens none.
            NextMoment = (_, _) => Task.FromResult<Instant?>(null),
        },

        // Once is enough: a campaign is locked while it is looked at, so a second one would only wait.
        new("watch", Schedule.EveryHours(1), RunsOn.OneReplica,
            Retry: "not repeated: the figures are those of weeks, and each campaign is one transaction",
            WatchAsync)
        {
            NextMoment = NextToWatchAsync,
        },

        // Once is enough: what is asked for is kept under its date, so a second one would ask for nothing.
        new("review", Schedule.EveryHours(1), RunsOn.OneReplica,
            Retry: "not repeated: a review is due for days, and each is one transaction",
            ReviewAsync)
        {
            NextMoment = NextReviewAsync,
        },

        // Every replica, because whoever receives something works it off at once: this finds what a dead one left and what failed, claimed with
        // SKIP LOCKED.
        new("work-inbox", Schedule.EverySeconds(30), RunsOn.EveryReplica,
            Retry: "not repeated: what failed is given back with a short lease, and the next look is 30 seconds away",
            (product, cancellation) => product.InboxWorker.RunAsync(cancellation))
        {
            // Leases go by the database's clock: moving product time ends none.
            NextMoment = (_, _) => Task.FromResult<Instant?>(null),
        },

        // Once is enough: a forecast takes seconds, and both cores of a small machine. Somebody waits for it.
        new("forecast", Schedule.EverySeconds(10), RunsOn.OneReplica,
            Retry: "not repeated: what a run left unfinished is taken up again when its lease has run out",
            ForecastAsync)
        {
            NextMoment = NextForecastAsync,
        },

        // Once is enough: one statement for each organization.
        new("forget-inbox", Schedule.EveryMinutes(30), RunsOn.OneReplica,
            Retry: "not repeated: a key that is kept half an hour longer harms nobody",
            ForgetAsync)
        {
            NextMoment = NextToForgetAsync,
        },
    ];

    static Task<Instant?> NextDateAsync(NudgingProduct product, CancellationToken cancellation) =>
        EarliestAsync(product, id => product.Enroller.NextDateAsync(id, cancellation), cancellation);

    static Task PrepareAsync(NudgingProduct product, CancellationToken cancellation) =>
        ForEachAsync(product, id => product.Platforms.PrepareAsync(id, product.Profiles, cancellation), cancellation);

    static Task ForecastAsync(NudgingProduct product, CancellationToken cancellation) =>
        ForEachAsync(product, id => product.ForecastRuns.RunAsync(id, cancellation), cancellation);

    static Task<Instant?> NextForecastAsync(NudgingProduct product, CancellationToken cancellation) =>
        EarliestAsync(product, id => product.ForecastRuns.NextAsync(id, cancellation), cancellation);

    static Task WatchAsync(NudgingProduct product, CancellationToken cancellation) =>
        ForEachAsync(product, id => product.BreachWatch.RunAsync(id, cancellation), cancellation);

    static Task<Instant?> NextToWatchAsync(NudgingProduct product, CancellationToken cancellation) =>
        EarliestAsync(product, id => product.BreachWatch.NextMomentAsync(id, cancellation), cancellation);

    static Task ReviewAsync(NudgingProduct product, CancellationToken cancellation) =>
        ForEachAsync(product, id => product.Reviews.RunAsync(id, cancellation), cancellation);

    static Task<Instant?> NextReviewAsync(NudgingProduct product, CancellationToken cancellation) =>
        EarliestAsync(product, id => product.Reviews.NextMomentAsync(id, cancellation), cancellation);

    static Task ForgetAsync(NudgingProduct product, CancellationToken cancellation) =>
        ForEachAsync(product, id => product.InboxWorker.ForgetAsync(id, cancellation), cancellation);

    static Task<Instant?> NextToForgetAsync(NudgingProduct product, CancellationToken cancellation) =>
        EarliestAsync(product, id => product.InboxWorker.NextToForgetAsync(id, cancellation), cancellation);

    static async Task ForEachAsync(NudgingProduct product, Func<int, Task> work, CancellationToken cancellation)
    {
        foreach (var organizationId in await Organizations.IdsAsync(product.Database, cancellation)) await work(organizationId);
    }

    /// <returns>Null where there is none in any organization.</returns>
    static async Task<Instant?> EarliestAsync(NudgingProduct product, Func<int, Task<Instant?>> next, CancellationToken cancellation)
    {
        var moments = new List<Instant?>();
        await ForEachAsync(product, async id => moments.Add(await next(id)), cancellation);
        return moments.Min();
    }

    static Task EnrollAsync(NudgingProduct product, CancellationToken cancellation) => ForEachAsync(product, async id =>
    {
        await product.Enroller.RunAsync(id, cancellation);
        // After the people, because a team's day 0 and zone are those of its enrolled members.
        await product.TeamPostPlanner.RunAsync(id, cancellation);
    }, cancellation);
}
