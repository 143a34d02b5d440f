using System.Globalization;
using Dapper;
using Npgsql;
using NudgeBot.Database;
using NudgeBot.Enrollment;
using NudgeBot.Files;
using NudgeBot.Governance;

namespace NudgeBot.People;

/// <summary>
/// <c>people import</c>: brings a roster into the database in one transaction. Rows that are right go in, the others are reported;
/// the same file a second time changes nothing.
/// </summary>
public sealed class RosterImport(NpgsqlDataSource source, ProductClock clock, Replanning replanning)
{
    /// <exception cref="UnreadableFileException">Nothing of the file can be taken; nothing was changed.</exception>
    public Task<RosterReport> RunAsync(int organizationId, string path, RosterOptions options, IProgress<Progress>? progress = null, CancellationToken stop = default) =>
        RunAsync(organizationId, asker: null, path, options, progress, stop);

    /// <summary>Somebody's doing: it stands in the audit log.</summary>
    /// <inheritdoc cref="RunAsync(int, string, RosterOptions, IProgress{Progress}?, CancellationToken)"/>
    public Task<RosterReport> RunAsync(Asker asker, string path, RosterOptions options, IProgress<Progress>? progress = null, CancellationToken stop = default) =>
        RunAsync(asker.OrganizationId, asker, path, options, progress, stop);

    async Task<RosterReport> RunAsync(int organizationId, Asker? asker, string path, RosterOptions options, IProgress<Progress>? progress, CancellationToken stop)
    {
        progress?.Report(new Progress("Reading the roster", 0));
        var file = RosterFile.Read(path);
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var report = await RunAsync(connection, transaction, organizationId, file, options, progress, stop);
        if (asker is not null) await WriteAsync(connection, asker, report, stop);
        await transaction.CommitAsync(stop);
        return report;
    }

    /// <param name="connection">In a transaction.</param>
    internal async Task<RosterReport> RunAsync(NpgsqlConnection connection, Asker asker, RosterFile file, RosterOptions options, CancellationToken stop)
    {
        var report = await RunAsync(connection, transaction: null, asker.OrganizationId, file, options, progress: null, stop);
        await WriteAsync(connection, asker, report, stop);
        return report;
    }

    /// <summary>A row that somebody says by command: the same rules hold for it. Whoever calls keeps that it was done.</summary>
    /// <param name="connection">In a transaction that holds the <see cref="ImportLock"/>.</param>
    internal Task<RosterReport> ChangeAsync(NpgsqlConnection connection, int organizationId, RosterFile file, CancellationToken stop) =>
        TakeAsync(connection, transaction: null, organizationId, file, new RosterOptions(), progress: null, stop);

    async Task<RosterReport> RunAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, int organizationId, RosterFile file, RosterOptions options, IProgress<Progress>? progress, CancellationToken stop)
    {
        await ImportLock.TakeAsync(connection, transaction, organizationId, stop);
        await AbsenceLists.VoidAsync(connection, transaction, organizationId);
        return await TakeAsync(connection, transaction, organizationId, file, options, progress, stop);
    }

    async Task<RosterReport> TakeAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, int organizationId, RosterFile file, RosterOptions options, IProgress<Progress>? progress, CancellationToken stop)
    {
        var now = clock.Now;
        progress?.Report(new Progress("Comparing with the people known", 0, file.Rows.Count));
        var staging = new RosterStaging(connection, transaction, organizationId, stop);
        await staging.LoadAsync(file);
        var taken = file.Columns.Contains(RosterColumn.GithubLogin) ? await staging.RefuseTakenLoginsAsync() : [];
        await staging.CompareAsync(file.Columns);

        progress?.Report(new Progress("Writing what changed", 0, file.Rows.Count));
        var merge = new RosterMerge(connection, transaction, organizationId, stop);
        var moved = await merge.MovedAsync();
        var changed = await merge.ChangeAsync();
        var added = await merge.AddAsync();
        // The server gathers statistics a minute later by itself; until then it would guess, and join badly.
        if (added + changed.Length > 1000) await connection.ExecuteAsync("analyze persons, segments");
        await PersonColumns.CopyAsync(connection, transaction, organizationId, changed);
        await replanning.RequestAsync(connection, transaction, organizationId, now, moved);
        var absentees = options.Complete
            ? await new Absence(connection, transaction, organizationId, now, stop).SettleAsync(file, options.Confirm)
            : null;

        progress?.Report(new Progress("Done", file.Rows.Count, file.Rows.Count));
        return new RosterReport
        {
            Added = added,
            Changed = changed.Length,
            Unchanged = file.Rows.Count - taken.Count - added - changed.Length,
            Refused = file.Refused + taken.Count,
            Problems = [.. file.Problems.Concat(taken).OrderBy(p => p.Line)],
            Warnings = file.Warnings,
            Moved = moved,
            Absentees = absentees,
        };
    }

    /// <summary>How many, and nobody's name. An import that changed nothing leaves no trace.</summary>
    async Task WriteAsync(NpgsqlConnection connection, Asker asker, RosterReport report, CancellationToken stop)
    {
        var left = report.Absentees is { MarkedAsLeft: true } absentees ? absentees.People.Count : 0;
        if (report.Added + report.Changed + left == 0) return;
        await new AuditTrail(connection, clock).WriteAsync(asker.OrganizationId, asker.Does(AuditActions.PeopleImport) with
        {
            After = new()
            {
                ["added"] = report.Added.ToString(CultureInfo.InvariantCulture),
                ["changed"] = report.Changed.ToString(CultureInfo.InvariantCulture),
                ["left"] = left.ToString(CultureInfo.InvariantCulture),
            },
        }, stop);
    }
}
