using System.Collections.Concurrent;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Database;

namespace NudgeBot.Inbox;

/// <summary>
/// Works off what was taken: what this process received at once, what a dead one left behind when its lease has run out. Things of one sender are worked off
/// in the order of their arrival at this process; one that failed, and one that another replica left, comes later than what followed it.
/// </summary>
/// <remarks>
/// A crash between a reply and the mark that it was shown has it shown twice; what the event changed is changed once (<see cref="Inbox.HandleOnceAsync"/>).
/// </remarks>
public sealed class InboxWorker
{
    const int MostAttempts = 5;
    const int SideBySide = 32;
    const int ClaimsAtOnce = 50;
    const int MarksAtOnce = 256;

    /// <summary>What exceeds it stays in the database until somebody has time.</summary>
    const int LongestQueue = 10_000;

    /// <summary>Together they are less than a lease: nobody else begins what this process has.</summary>
    static readonly TimeSpan WaitsAtMost = TimeSpan.FromSeconds(60), TakesAtMost = TimeSpan.FromSeconds(45);

    static readonly Duration KeysStay = Duration.FromDays(7);

    readonly NpgsqlDataSource database;
    readonly ProductClock clock;
    readonly ConcurrentDictionary<string, (Func<InboxEntry, CancellationToken, Task> Handle, ILogger Log)> served = new();
    readonly Lanes<(int Workspace, string Sender)> lanes = new(SideBySide);
    readonly GroupCommit<InboxEntry, bool> marks;

    internal InboxWorker(NpgsqlDataSource database, ProductClock clock)
    {
        this.database = database;
        this.clock = clock;
        marks = new GroupCommit<InboxEntry, bool>(MarksAtOnce, MarkAsync);
    }

    /// <summary>From now on this process works off what comes from that platform.</summary>
    /// <param name="handle">Changes things through <see cref="Inbox.HandleOnceAsync"/>: it may be called twice for the same thing, and what it throws has it called again, some times (a <see cref="PostponedException"/>: any number of times).</param>
    public void Serve(string platform, Func<InboxEntry, CancellationToken, Task> handle, ILogger log) => served[platform] = (handle, log);

    /// <summary>When all that this process has begun is done; before a stop.</summary>
    public Task WhenIdleAsync() => lanes.WhenIdleAsync();

    /// <summary>What nobody is at work on: left behind, failed, or too much for the one that received it.</summary>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        while (await ClaimAsync(cancellation) is { Count: > 0 } claimed)
        {
            var begun = claimed.Where(entry => entry.Attempt <= MostAttempts).Select(Begin).ToList();
            // It has never failed, yet was never finished: each time, the process ended with it.
            foreach (var entry in claimed.Where(entry => entry.Attempt > MostAttempts)) await GiveUpAsync(entry, "no attempt was finished", where: null);
            await Task.WhenAll(begun);
        }
    }

    /// <summary>Keys of a week ago: no platform delivers again so late.</summary>
    public async Task ForgetAsync(int organizationId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync("""
            delete from inbox where organization_id = @organizationId and received_at < @before and handled_at is not null
            """, new { organizationId, before = clock.Now - KeysStay });
    }

    /// <summary>The moment at which the next key is old enough to be forgotten; null: there is none.</summary>
    public async Task<Instant?> NextToForgetAsync(int organizationId, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var first = await connection.QuerySingleAsync<Instant?>(
            "select min(received_at) from inbox where organization_id = @organizationId and handled_at is not null", new { organizationId });
        return first + KeysStay + Duration.FromMilliseconds(1);
    }

    internal Task Begin(InboxEntry entry)
    {
        // Otherwise its lease runs out, and one that serves the platform takes it.
        if (!served.TryGetValue(entry.Platform, out var platform) || lanes.Length >= LongestQueue) return Task.CompletedTask;
        var begun = WireClock.System.GetTimestamp();
        return lanes.Add((entry.Workspace.Id, entry.Sender), () =>
            WireClock.System.GetElapsedTime(begun) > WaitsAtMost ? GiveBackAsync(entry, attempts: -1, platform.Log) : WorkAsync(entry, platform.Handle, platform.Log));
    }

    async Task WorkAsync(InboxEntry entry, Func<InboxEntry, CancellationToken, Task> handle, ILogger log)
    {
        try
        {
            using var tooLong = new CancellationTokenSource(TakesAtMost, WireClock.System);
            await handle(entry, tooLong.Token);
            await marks.AddAsync(entry);
        }
        catch (PostponedException)
        {
            await GiveBackAsync(entry, attempts: -1, log);
        }
        catch (Exception error)
        {
            // Whatever it is must not end the others' work. Its message is not logged: it may repeat what somebody wrote.
            log.LogWarning("Attempt {Attempt} of {Most} at {Platform}'s {Key} failed: {Error}{Where}", entry.Attempt, MostAttempts, entry.Platform, entry.Key, error.GetType().Name, error.StackTrace);
            if (entry.Attempt < MostAttempts) await GiveBackAsync(entry, attempts: 0, log);
            else await GiveUpAsync(entry, error.GetType().Name, error.StackTrace);
        }
    }

    async Task<IReadOnlyList<InboxEntry>> ClaimAsync(CancellationToken cancellation)
    {
        if (served.IsEmpty) return [];
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<Row>($"""
            update inbox i set leased_until = {Leases.UntilSql}, attempts = attempts + 1
            from (
              select platform, key from inbox
              where handled_at is null and (leased_until is null or {Leases.ExpiredSql}) and platform = any(@platforms)
              order by received_at
              limit {ClaimsAtOnce}
              for update skip locked) open
            where i.platform = open.platform and i.key = open.key
            returning i.platform, i.key, i.organization_id, i.workspace_id, i.sender, i.received_at, i.payload, i.reply, i.attempts
            """, new { platforms = served.Keys.ToArray() });
        return [.. rows.OrderBy(row => row.ReceivedAt).Select(row => row.ToEntry())];
    }

    async Task<IReadOnlyList<bool>> MarkAsync(IReadOnlyList<InboxEntry> entries)
    {
        await using var connection = await database.OpenConnectionAsync();
        // By the key, row by row, whatever is known of the table: a plan made while it was small would read all of it for each batch of a burst. And not
        // waited for until it is on the disk: after a crash of the server, what was shown in its last half second is shown again.
        await connection.ExecuteAsync("""
            select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
              set_config('synchronous_commit', 'off', true);
            update inbox i set handled_at = @now, payload = null, reply = null, leased_until = null
            from unnest(@platforms, @keys, @organizations) as done (platform, key, organization_id)
            where i.platform = done.platform and i.key = done.key and i.organization_id = done.organization_id
            """, new
        {
            platforms = entries.Select(entry => entry.Platform).ToArray(),
            keys = entries.Select(entry => entry.Key).ToArray(),
            organizations = entries.Select(entry => entry.Workspace.OrganizationId).ToArray(),
            now = clock.Now,
        });
        return [.. entries.Select(_ => true)];
    }

    /// <param name="attempts">What is added to their count: a begin that came to nothing takes itself back.</param>
    async Task GiveBackAsync(InboxEntry entry, int attempts, ILogger log)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync();
            await connection.ExecuteAsync($"""
                update inbox set leased_until = {Leases.RetrySql}, attempts = attempts + @attempts
                where organization_id = @organizationId and platform = @platform and key = @key and handled_at is null
                """, new { entry.Workspace.OrganizationId, entry.Platform, entry.Key, attempts });
        }
        catch (NpgsqlException error)
        {
            log.LogWarning("{Platform}'s {Key} could not be given back ({Error}): its lease runs out.", entry.Platform, entry.Key, error.SqlState);
        }
    }

    async Task GiveUpAsync(InboxEntry entry, string why, string? where)
    {
        var log = served[entry.Platform].Log;
        try
        {
            await marks.AddAsync(entry);
            log.LogError("Gave up {Platform}'s {Key} after {Attempts} attempts: {Why}. Whoever did it got no answer.{Where}", entry.Platform, entry.Key, MostAttempts, why, where);
        }
        catch (NpgsqlException error)
        {
            log.LogWarning("{Platform}'s {Key} could not be marked ({Error}): its lease runs out.", entry.Platform, entry.Key, error.SqlState);
        }
    }

    sealed record Row
    {
        public string Platform { get; init; } = "";
        public string Key { get; init; } = "";
        public int OrganizationId { get; init; }
        public int WorkspaceId { get; init; }
        public string Sender { get; init; } = "";
        public Instant ReceivedAt { get; init; }
        public string Payload { get; init; } = "";
        public string? Reply { get; init; }
        public int Attempts { get; init; }

        public InboxEntry ToEntry() =>
            new(Platform, Key, new Workspace(OrganizationId, WorkspaceId), Sender, ReceivedAt, Payload)
            {
                Reply = Reply is null ? null : JsonSerializer.Deserialize<Reply>(Reply),
                Attempt = Attempts,
            };
    }
}
