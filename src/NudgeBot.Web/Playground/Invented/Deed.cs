using NodaTime;
using NudgeBot.Jobs;

namespace NudgeBot.Web.Playground.Invented;

/// <summary>Something that an invented person is going to do.</summary>
/// <param name="Name">No two deeds have the same.</param>
sealed record Deed(string Name, Instant At, Func<CancellationToken, Task> DoAsync);

/// <summary>Where deeds come from: what is still to be done by those who act, with its moment.</summary>
delegate Task<IEnumerable<Deed>> DeedSource(IReadOnlyDictionary<string, ActingPerson> acting);

/// <summary>Does what is due and not yet done. What is still to be done is read from the database each time: a restart loses and repeats nothing.</summary>
sealed class Deeds(DemoWorld world, params IReadOnlyList<DeedSource> sources)
{
    // A deed that leaves no trace would be found again every minute: it is tried once.
    readonly HashSet<string> tried = [];

    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var deed in (await OpenAsync()).Where(deed => deed.At <= world.Now).OrderBy(deed => deed.At).ThenBy(deed => deed.Name, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            tried.Add(deed.Name);
            await deed.DoAsync(cancellation);
        }
    }

    public async Task<Instant?> NextMomentAsync() => (await OpenAsync()).Min(deed => (Instant?)deed.At);

    public RecurringJob Job(string name) => new(name, Schedule.EveryMinutes(1), RunsOn.OneReplica,
        Retry: "not repeated: what is not done yet is due in the next run as well",
        (_, cancellation) => RunAsync(cancellation))
    {
        NextMoment = async (_, _) => await NextMomentAsync(),
    };

    async Task<IReadOnlyList<Deed>> OpenAsync()
    {
        var acting = await ActingPerson.AllAsync(world);
        var open = new List<Deed>();
        foreach (var source in sources) open.AddRange((await source(acting)).Where(deed => !tried.Contains(deed.Name)));
        return open;
    }
}
