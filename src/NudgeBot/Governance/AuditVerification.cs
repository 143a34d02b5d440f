using System.Data;
using Dapper;
using Npgsql;

namespace NudgeBot.Governance;

/// <summary>
/// Reads an organization's whole audit log and says whether it is as it was written. Whoever can write to the database could recompute the chain from
/// an entry on: that is found with a head that was noted elsewhere before.
/// </summary>
public sealed class AuditVerification(NpgsqlDataSource database)
{
    /// <param name="noted">What an earlier verification gave.</param>
    public async Task<AuditVerdict> RunAsync(int organizationId, AuditHead? noted = null, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        // One look at all of it, while others go on writing.
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var head = await connection.QuerySingleOrDefaultAsync<(long, byte[])?>(new CommandDefinition(
            "select number, hash from audit_heads where organization_id = @organizationId", new { organizationId }, snapshot, cancellationToken: cancellation));
        var chain = new AuditChain(await AuditPerson.AllAsync(connection, organizationId, cancellation), noted);

        var rows = connection.QueryUnbufferedAsync<AuditRow>("""
            select organization_id, number, at, actor, place, action, refused, campaign, subject, before, after, why, named, hash
            from audit_entries where organization_id = @organizationId order by number
            """, new { organizationId }, snapshot);
        await foreach (var row in rows.WithCancellation(cancellation))
            if (chain.Add(row) is { } broken) return chain.Verdict(broken);
        return chain.Verdict(chain.End(head));
    }
}

/// <param name="Entries">Whose hashes hold, from the first one on.</param>
/// <param name="Head">To be noted elsewhere. Null where the log is broken.</param>
/// <param name="Broken">The first entry that is not as it was written; null: all are.</param>
public sealed record AuditVerdict(long Entries, AuditHead? Head, AuditBreak? Broken);

/// <param name="Number">Of the entry; 0 where it is no entry's.</param>
public sealed record AuditBreak(long Number, AuditFault Fault);

public enum AuditFault
{
    /// <summary>There is none with this number, and there was.</summary>
    Missing,
    /// <summary>It is one too many.</summary>
    Inserted,
    /// <summary>It is not what its hash was made of, or does not follow the one before it.</summary>
    Changed,
    /// <summary>The head of the chain is not where its last entry is.</summary>
    Head,
    /// <summary>It is not the one that was noted; the log before it may have been rewritten.</summary>
    Noted,
    /// <summary>What is sealed in it does not open, though its person is not deleted.</summary>
    Sealed,
    /// <summary>It names somebody of whom nothing is kept any more.</summary>
    PersonMissing,
    /// <summary>Who it names for the first time was changed.</summary>
    PersonChanged,
    /// <summary>Who it names for the first time was made unreadable, and no entry says that they were deleted.</summary>
    PersonErased,
    /// <summary>Who it names for the first time can be read, though an entry says that they were deleted.</summary>
    PersonKept,
    /// <summary>Somebody is there whom no entry names.</summary>
    PersonInserted,
}
