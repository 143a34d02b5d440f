using NodaTime;
using Npgsql;
using NudgeBot.Files;

namespace NudgeBot.Usage;

/// <summary>
/// <c>usage import</c>: learns from a feed who used a tool on which dates. Rows go in by batches, each in its own transaction, so that sending
/// goes on meanwhile; whatever was cut short is imported again, and what is known already stays as it was learned first.
/// </summary>
public sealed class UsageImport(NpgsqlDataSource source, ProductClock clock)
{
    const int BatchSize = 50_000;

    /// <param name="completeTo">The feed has told everything up to this date, also where nobody was active; else the file's last day counts.</param>
    /// <exception cref="UnreadableFileException">Nothing of the file can be taken; nothing was changed.</exception>
    public Task<UsageReport> RunAsync(
        int organizationId, string tool, UsageFormat format, string path,
        LocalDate? completeTo = null, IProgress<Progress>? progress = null, CancellationToken stop = default) =>
        format == UsageFormat.GithubSeats
            ? new SeatImport(source, clock).RunAsync(organizationId, tool.ToLowerInvariant(), path, stop)
            : TakeAsync(organizationId, tool, format, UsageFile.ReadAsync(path, format, stop), completeTo, progress, stop);

    /// <param name="format">The feed that the rows stand for: it says what their identity is, and what becomes complete.</param>
    public Task<UsageReport> RunAsync(
        int organizationId, string tool, UsageFormat format, IAsyncEnumerable<UsageRow> rows,
        LocalDate? completeTo = null, IProgress<Progress>? progress = null, CancellationToken stop = default) =>
        TakeAsync(organizationId, tool, format, rows.Select(UsageLine (row, index) => new UsageLine.Used(index + 1, row)), completeTo, progress, stop);

    async Task<UsageReport> TakeAsync(
        int organizationId, string tool, UsageFormat format, IAsyncEnumerable<UsageLine> lines,
        LocalDate? completeTo, IProgress<Progress>? progress, CancellationToken stop)
    {
        // As in campaign files: "Copilot" is no second tool beside "copilot".
        tool = tool.ToLowerInvariant();
        var tally = new UsageTally();
        var sieve = new UsageSieve(tool, clock.Now, tally);
        if (completeTo is { } asked) sieve.ReachedByOrder(asked);

        await using var connection = await source.OpenConnectionAsync(stop);
        var batch = new UsageBatch(connection, organizationId, tool, format.Identity(), clock.Now, stop);
        await foreach (var rows in sieve.Pass(lines).Chunk(BatchSize).WithCancellation(stop))
        {
            await batch.TakeAsync(rows, tally);
            progress?.Report(new Progress("Importing use", tally.Rows));
        }
        var feed = await UsageFeed.CompleteToAsync(connection, organizationId, tool, format, tally.LastDay, clock.Now);
        return tally.Report(format, feed);
    }
}
