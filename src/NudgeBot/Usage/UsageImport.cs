using NodaTime;
using Npgsql;
using NudgeBot.Files;
using NudgeBot.Governance;

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
        RunAsync(organizationId, asker: null, tool, format, path, completeTo, progress, stop);

    /// <summary>Somebody's doing: it stands in the audit log.</summary>
    /// <inheritdoc cref="RunAsync(int, string, UsageFormat, string, LocalDate?, IProgress{Progress}?, CancellationToken)"/>
    public Task<UsageReport> RunAsync(
        Asker asker, string tool, UsageFormat format, string path,
        LocalDate? completeTo = null, IProgress<Progress>? progress = null, CancellationToken stop = default) =>
        RunAsync(asker.OrganizationId, asker, tool, format, path, completeTo, progress, stop);

    Task<UsageReport> RunAsync(
        int organizationId, Asker? asker, string tool, UsageFormat format, string path, LocalDate? completeTo, IProgress<Progress>? progress, CancellationToken stop) =>
        format == UsageFormat.GithubSeats
            ? new SeatImport(source, clock).RunAsync(organizationId, asker, tool.ToLowerInvariant(), path, stop)
            : TakeAsync(organizationId, asker, tool, format, UsageFile.ReadAsync(path, format, stop), completeTo, progress, stop);

    /// <param name="format">The feed that the rows stand for: it says what their identity is, and what becomes complete.</param>
    public Task<UsageReport> RunAsync(
        int organizationId, string tool, UsageFormat format, IAsyncEnumerable<UsageRow> rows,
        LocalDate? completeTo = null, IProgress<Progress>? progress = null, CancellationToken stop = default) =>
        TakeAsync(organizationId, asker: null, tool, format, rows.Select(UsageLine (row, index) => new UsageLine.Used(index + 1, row)), completeTo, progress, stop);

    async Task<UsageReport> TakeAsync(
        int organizationId, Asker? asker, string tool, UsageFormat format, IAsyncEnumerable<UsageLine> lines,
        LocalDate? completeTo, IProgress<Progress>? progress, CancellationToken stop)
    {
        // As in campaign files: "Copilot" is no second tool beside "copilot".
        tool = tool.ToLowerInvariant();
        var tally = new UsageTally();
        var sieve = new UsageSieve(tool, clock.Now, tally);
        if (completeTo is { } asked) sieve.ReachedByOrder(asked);

        await using var connection = await source.OpenConnectionAsync(stop);
        var batch = new UsageBatch(connection, organizationId, tool, format.Identity(), clock.Now, stop);
        try
        {
            await foreach (var rows in sieve.Pass(lines).Chunk(BatchSize).WithCancellation(stop))
            {
                await batch.TakeAsync(rows, tally);
                progress?.Report(new Progress("Importing use", tally.Rows));
            }
        }
        catch when (asker is not null && tally.DaysAdded > 0)
        {
            await NoteCutShortAsync(asker, tool, format, tally);
            throw;
        }
        return await FinishAsync(connection, organizationId, asker, tool, format, tally);
    }

    async Task NoteCutShortAsync(Asker asker, string tool, UsageFormat format, UsageTally tally)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await new AuditTrail(connection, clock).WriteAsync(asker.OrganizationId, UsageEntry.Of(asker, tool, format, tally.Report(format), cutShort: true));
        await transaction.CommitAsync();
    }

    async Task<UsageReport> FinishAsync(NpgsqlConnection connection, int organizationId, Asker? asker, string tool, UsageFormat format, UsageTally tally)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var before = await UsageFeed.CompleteToAsync(connection, organizationId, tool, format, day: null, clock.Now);
        var report = tally.Report(format, await UsageFeed.CompleteToAsync(connection, organizationId, tool, format, tally.LastDay, clock.Now));
        // A file that says nothing leaves no trace.
        if (asker is not null && tally.LastDay is not null)
            await new AuditTrail(connection, clock).WriteAsync(organizationId, UsageEntry.Of(asker, tool, format, report, before));
        await transaction.CommitAsync();
        return report;
    }
}
