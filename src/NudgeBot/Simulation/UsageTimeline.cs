using NodaTime;
using NudgeBot.Usage;

namespace NudgeBot.Simulation;

/// <summary>The use of a simulation, told day by day: what happened on date D becomes known at 00:00 UTC of D + 1.</summary>
sealed class UsageTimeline
{
    readonly UsageImport import;
    readonly int organizationId;
    readonly string tool;
    readonly UsageFormat? format;
    readonly SortedDictionary<LocalDate, List<UsageRow>> byDay = [];
    readonly HashSet<string> unmapped = new(StringComparer.OrdinalIgnoreCase);

    UsageTimeline(UsageImport import, int organizationId, string tool, UsageFormat? format)
    {
        this.import = import;
        this.organizationId = organizationId;
        this.tool = tool;
        this.format = format;
    }

    public Instant? NextAt => byDay.Count == 0 ? null : KnownAt(byDay.Keys.First());

    /// <summary>Rows that could not be read; the first hundred.</summary>
    public List<string> Problems { get; } = [];

    public int Rows { get; private set; }

    public IReadOnlyCollection<string> Unmapped => unmapped;

    /// <summary>Whether there is a feed at all; without one retention goes by self-reports.</summary>
    public bool IsFeed => format is UsageFormat.GithubCopilot or UsageFormat.Csv;

    public static async Task<UsageTimeline> ReadAsync(
        UsageImport import, int organizationId, SimulationInput input, string tool, CancellationToken cancellation)
    {
        var timeline = new UsageTimeline(import, organizationId, tool, input.UsageFormat);
        if (input.UsageFile is null) return timeline;
        if (input.UsageFormat == UsageFormat.GithubSeats)
        {
            await import.RunAsync(organizationId, tool, UsageFormat.GithubSeats, input.UsageFile, stop: cancellation);
            return timeline;
        }
        await foreach (var line in UsageFile.ReadAsync(input.UsageFile, input.UsageFormat!.Value, cancellation)) timeline.Add(line, input.LastDate);
        // Without a row that can be read the simulation would say "nobody used it", which nobody knows.
        if (timeline is { Rows: 0, Problems: [var first, ..] })
            throw new SimulationInputException([$"{input.UsageFile}: not one row could be read. {UsageFile.Expected(input.UsageFormat.Value)}", $"{input.UsageFile}, {first}"]);
        return timeline;
    }

    /// <summary>The feed exists from the start, with what was known then.</summary>
    public async Task BeginAsync(Instant now, CancellationToken cancellation)
    {
        if (!IsFeed) return;
        var known = new List<UsageRow>();
        while (NextAt <= now) known.AddRange(TakeFirst());
        await ImportAsync(known, now.InUtc().Date.PlusDays(-1), cancellation);
    }

    public async Task LearnAsync(Instant now, CancellationToken cancellation)
    {
        while (NextAt <= now)
        {
            var day = byDay.Keys.First();
            await ImportAsync(TakeFirst(), day, cancellation);
        }
    }

    void Add(UsageLine line, LocalDate lastDate)
    {
        switch (line)
        {
            case UsageLine.Used used when used.Tool is null || used.Tool.Equals(tool, StringComparison.OrdinalIgnoreCase):
                Rows++;
                if (used.Row.Day > lastDate) break;
                if (!byDay.TryGetValue(used.Row.Day, out var rows)) byDay[used.Row.Day] = rows = [];
                rows.Add(used.Row);
                break;
            case UsageLine.Refused refused when Problems.Count < 100:
                Problems.Add(refused.Problem.ToString());
                break;
        }
    }

    List<UsageRow> TakeFirst()
    {
        var (day, rows) = byDay.First();
        byDay.Remove(day);
        return rows;
    }

    async Task ImportAsync(List<UsageRow> rows, LocalDate completeTo, CancellationToken cancellation)
    {
        var report = await import.RunAsync(organizationId, tool, format!.Value, rows.ToAsyncEnumerable(), completeTo, stop: cancellation);
        unmapped.UnionWith(report.Unmapped.Select(one => one.Identity));
    }

    static Instant KnownAt(LocalDate day) => day.PlusDays(1).AtMidnight().InUtc().ToInstant();
}
