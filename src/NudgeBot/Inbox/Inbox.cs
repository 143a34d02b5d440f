using System.Text.Json;
using Dapper;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Database;

namespace NudgeBot.Inbox;

/// <summary>
/// Takes what platforms deliver, each thing once, whichever replicas it is delivered to and however often. What is taken is stored when the platform hears
/// that it was; so whatever happens then, it is not lost.
/// </summary>
public sealed class Inbox
{
    /// <summary>More would make the first of them wait for the last.</summary>
    const int MostAtOnce = 256;

    /// <summary>While one commit waits for the disk, another one is prepared.</summary>
    const int CommitsAtOnce = 2;

    readonly NpgsqlDataSource database;
    readonly ProductClock clock;
    readonly InboxWorker worker;
    readonly GroupCommit<InboxEntry, bool>[] writes;

    internal Inbox(NpgsqlDataSource database, ProductClock clock, InboxWorker worker)
    {
        this.database = database;
        this.clock = clock;
        this.worker = worker;
        writes = [.. Enumerable.Range(0, CommitsAtOnce).Select(_ => new GroupCommit<InboxEntry, bool>(MostAtOnce, WriteAsync))];
    }

    /// <summary>Stores it, and has it worked off at once by this process.</summary>
    /// <returns>When it is committed: false where it had been taken before, and nothing is done.</returns>
    public Task<bool> TakeAsync(InboxEntry entry) =>
        // What one sender does goes one way, so that it keeps its order.
        writes[(uint)HashCode.Combine(entry.Workspace.Id, entry.Sender) % CommitsAtOnce].AddAsync(entry);

    /// <summary>For what is asked and changes nothing: it has no key, and may be asked again.</summary>
    public async Task<Reply> AnswerAsync(Func<NpgsqlConnection, CancellationToken, Task<Reply>> handle, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var reply = await handle(connection, cancellation);
        // That somebody asked what is not for them is kept.
        await transaction.CommitAsync(CancellationToken.None);
        return reply;
    }

    /// <summary>
    /// For what is answered in the very response. The key, what the handler writes and what is left to show are one commit; a second delivery waits for the
    /// first one and is then told.
    /// </summary>
    /// <param name="handle">Works on the connection that it is given.</param>
    /// <param name="rest">The parts of its reply that are shown after the response, by whoever serves the platform.</param>
    /// <returns>Null where it had been taken before. Errors in a form leave the key free: the same may be delivered again.</returns>
    public async Task<Reply?> AnswerOnceAsync(
        InboxEntry entry, Func<NpgsqlConnection, CancellationToken, Task<Reply>> handle, Func<Reply, IEnumerable<ReplyPart>> rest, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var taken = await connection.ExecuteAsync(new CommandDefinition($"""
            insert into inbox (platform, key, organization_id, workspace_id, sender, received_at, payload, leased_until)
            values (@Platform, @Key, @OrganizationId, @Id, @Sender, @ReceivedAt, @Payload, {Leases.UntilSql})
            on conflict (platform, key) do nothing
            """,
            new { entry.Platform, entry.Key, entry.Workspace.OrganizationId, entry.Workspace.Id, entry.Sender, entry.ReceivedAt, entry.Payload },
            transaction, cancellationToken: cancellation));
        if (taken == 0) return null;

        var reply = await handle(connection, cancellation);
        if (reply.Parts.OfType<ReplyPart.Errors>().Any()) return reply;
        var left = new Reply([.. rest(reply)]);
        await KeepAsync(connection, entry, left);
        // Without the token: what was done must not be done again because its answer came late.
        await transaction.CommitAsync(CancellationToken.None);
        if (left.Parts.Count > 0) _ = worker.Begin(entry with { Reply = left });
        return reply;
    }

    /// <summary>
    /// For what was stored and is worked off: what the handler writes, that it was handled, and its reply are one commit. What is begun again later is only
    /// shown again.
    /// </summary>
    /// <param name="handle">Works on the connection that it is given. Not called where it was before.</param>
    /// <returns>What is to be shown now.</returns>
    public async Task<Reply> HandleOnceAsync(InboxEntry entry, Func<NpgsqlConnection, CancellationToken, Task<Reply>> handle, CancellationToken cancellation)
    {
        if (entry.Reply is { } kept) return kept;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var reply = await handle(connection, cancellation);
        // This took longer than its lease, and another replica has done it meanwhile: that one shows the reply, too.
        if (!await KeepAsync(connection, entry, reply)) return Reply.Nothing;
        await transaction.CommitAsync(CancellationToken.None);
        return reply;
    }

    /// <returns>Whether it was not handled before.</returns>
    async Task<bool> KeepAsync(NpgsqlConnection connection, InboxEntry entry, Reply reply) => await connection.ExecuteAsync("""
        update inbox
        set reply = @reply, payload = case when @reply is null then null else payload end, handled_at = case when @reply is null then @now end
        where organization_id = @OrganizationId and platform = @Platform and key = @Key and handled_at is null and reply is null
        """, new
    {
        entry.Workspace.OrganizationId,
        entry.Platform,
        entry.Key,
        reply = reply.Parts.Count > 0 ? JsonSerializer.Serialize(reply) : null,
        now = clock.Now,
    }) > 0;

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
