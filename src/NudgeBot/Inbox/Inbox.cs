using Dapper;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Database;

namespace NudgeBot.Inbox;

/// <summary>
/// Takes what platforms deliver, each thing once, whichever replicas it is delivered to and however often. What is taken is stored when the platform hears
/// that it was; so whatever happens then, it is not lost.
/// </summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing that needs disposing.
public sealed class Inbox
#pragma warning restore CA1001
{
    /// <summary>More would make the first of them wait for the last.</summary>
    const int MostAtOnce = 256;

    /// <summary>While one commit waits for the disk, another one is prepared.</summary>
    const int CommitsAtOnce = 2;

    /// <summary>Each holds a connection while its handler uses another: more of them could take all there are, and wait for each other.</summary>
    const int AnswersAtOnce = 24;

    readonly NpgsqlDataSource database;
    readonly ProductClock clock;
    readonly InboxWorker worker;
    readonly GroupCommit<InboxEntry, bool>[] writes;
    readonly SemaphoreSlim answers = new(AnswersAtOnce);

    internal Inbox(NpgsqlDataSource database, ProductClock clock, InboxWorker worker)
    {
        this.database = database;
        this.clock = clock;
        this.worker = worker;
        writes = [.. Enumerable.Range(0, CommitsAtOnce).Select(_ => new GroupCommit<InboxEntry, bool>(MostAtOnce, WriteAsync))];
    }

    /// <summary>Stores it, and has it worked off at once by this process.</summary>
    /// <returns>When it is committed: false where it had been taken before, and nothing is done.</returns>
    public Task<bool> TakeAsync(string platform, string key, Workspace workspace, string sender, string payload) =>
        // What one sender does goes one way, so that it keeps its order.
        writes[(uint)HashCode.Combine(workspace.Id, sender) % CommitsAtOnce].AddAsync(new InboxEntry(platform, key, workspace, sender, clock.Now, payload));

    /// <summary>
    /// For what is answered in the very response: runs the handler while holding the key, so that a second delivery waits for the first one and is then
    /// told. What the handler writes is committed before the key is; a crash in that moment leaves the key free, and a repetition has its effect once more.
    /// </summary>
    /// <param name="handle">Its answer, and whether it is done with: if not (errors in a form), the same may be delivered again.</param>
    /// <returns>Null where it had been taken before.</returns>
    public async Task<TAnswer?> AnswerOnceAsync<TAnswer>(
        string platform, string key, Workspace workspace, string sender,
        Func<CancellationToken, Task<(TAnswer Answer, bool IsDone)>> handle, CancellationToken cancellation) where TAnswer : class
    {
        await answers.WaitAsync(cancellation);
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            var taken = await connection.ExecuteAsync(new CommandDefinition("""
                insert into inbox (platform, key, organization_id, workspace_id, sender, received_at, handled_at)
                values (@platform, @key, @OrganizationId, @Id, @sender, @now, @now)
                on conflict (platform, key) do nothing
                """, new { platform, key, workspace.OrganizationId, workspace.Id, sender, now = clock.Now }, transaction, cancellationToken: cancellation));
            if (taken == 0) return null;

            var (answer, isDone) = await handle(cancellation);
            // Without the token: what was done must not be done again because its answer came late.
            if (isDone) await transaction.CommitAsync(CancellationToken.None);
            return answer;
        }
        finally
        {
            answers.Release();
        }
    }

    async Task<IReadOnlyList<bool>> WriteAsync(IReadOnlyList<InboxEntry> entries)
    {
        // In one order on all replicas: two that are delivered the same things would otherwise wait for each other for ever.
        var inOrder = entries.DistinctBy(Id).OrderBy(entry => entry.Platform, StringComparer.Ordinal).ThenBy(entry => entry.Key, StringComparer.Ordinal).ToList();
        await using var connection = await database.OpenConnectionAsync();
        var taken = (await connection.QueryAsync<(string, string)>($"""
            insert into inbox (platform, key, organization_id, workspace_id, sender, received_at, payload, leased_until)
            select platform, key, organization_id, workspace_id, sender, received_at, payload, {Leases.UntilSql}
            from unnest(@platforms, @keys, @organizations, @workspaces, @senders, @receivedAt, @payloads)
              as delivered (platform, key, organization_id, workspace_id, sender, received_at, payload)
            on conflict (platform, key) do nothing
            returning platform, key
            """, new
        {
            platforms = inOrder.Select(entry => entry.Platform).ToArray(),
            keys = inOrder.Select(entry => entry.Key).ToArray(),
            organizations = inOrder.Select(entry => entry.Workspace.OrganizationId).ToArray(),
            workspaces = inOrder.Select(entry => entry.Workspace.Id).ToArray(),
            senders = inOrder.Select(entry => entry.Sender).ToArray(),
            receivedAt = inOrder.Select(entry => (NodaTime.Instant?)entry.ReceivedAt).ToArray(),
            payloads = inOrder.Select(entry => entry.Payload).ToArray(),
        })).ToHashSet();

        // The first of the same is the one that was taken. In the order of arrival again, which is the order of work.
        var results = entries.Select(entry => taken.Remove(Id(entry))).ToList();
        for (var i = 0; i < entries.Count; i++)
            if (results[i]) _ = worker.Begin(entries[i]);
        return results;
    }

    static (string, string) Id(InboxEntry entry) => (entry.Platform, entry.Key);
}
