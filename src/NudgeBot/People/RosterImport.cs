using Dapper;
using Npgsql;
using NudgeBot.Database;
using NudgeBot.Enrollment;
using NudgeBot.Files;

namespace NudgeBot.People;

/// <summary>
/// <c>people import</c>: brings a roster into the database in one transaction. Rows that are right go in, the others are reported;
/// the same file a second time changes nothing.
/// </summary>
public sealed class RosterImport(NpgsqlDataSource source, ProductClock clock, Replanning replanning)
{
    /// <exception cref="UnreadableFileException">Nothing of the file can be taken; nothing was changed.</exception>
    public async Task<RosterReport> RunAsync(
        int organizationId, string path, RosterOptions options, IProgress<Progress>? progress = null, CancellationToken stop = default)
    {
        progress?.Report(new Progress("Reading the roster", 0));
        var file = RosterFile.Read(path);
        var now = clock.Now;

        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await ImportLock.TakeAsync(connection, transaction, organizationId, stop);

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
        await transaction.CommitAsync(stop);

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
}
