using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Jobs;

namespace NudgeBot.Web.Playground;

/// <summary>
/// The playground as it runs: the whole product by a clock that stands until it is moved, and people who live between the moves. Whatever
/// changes anything is done here, one thing at a time, and ends with what is due at that moment being done.
/// </summary>
sealed class PlaygroundWorld : IDisposable
{
    readonly DirectEngine engine;
    readonly SemaphoreSlim oneAtATime = new(1);

    PlaygroundWorld(NudgingProduct product, int organizationId, int workspaceId)
    {
        Product = product;
        OrganizationId = organizationId;
        WorkspaceId = workspaceId;
        Messages = new PlaygroundMessages(product.Database, organizationId, workspaceId);
        People = new PlaygroundPeople(product.Database, organizationId, workspaceId);
        Conversing = new Conversing(product, Messages, organizationId);
        engine = new DirectEngine(product);
    }

    public NudgingProduct Product { get; }
    public int OrganizationId { get; }
    public int WorkspaceId { get; }
    public PlaygroundMessages Messages { get; }

    /// <summary>For those who are inside already: invented people act while the clock moves.</summary>
    public Conversing Conversing { get; }

    public PlaygroundPeople People { get; }

    public Instant Now => Product.Clock.Now;

    public ChangeSignal Changes { get; } = new();

    /// <param name="lives">What invented people do by the clock, beside all that NudgeBot does.</param>
    public static async Task<PlaygroundWorld> StartAsync(
        NpgsqlDataSource database, ContentFolder content, Func<PlaygroundWorld, IReadOnlyList<RecurringJob>> lives, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var (organizationId, workspaceId, now) = await connection.QuerySingleAsync<(int, int, Instant)>("select organization_id, workspace_id, now from playground");
        var clock = ProductClock.StandingAt(now);
        var product = new NudgingProduct(database, clock, content, [new PlaygroundPlatform(database, clock)]);
        var world = new PlaygroundWorld(product, organizationId, workspaceId);
        await world.engine.StartAsync([.. RecurringJobs.All, .. lives(world)], cancellation);
        return world;
    }

    /// <summary>Does something at the present moment, and then whatever that made due.</summary>
    public Task<T> DoAsync<T>(Func<Conversing, Task<T>> act, CancellationToken cancellation = default) => AloneAsync(async () =>
    {
        var result = await act(Conversing);
        await engine.RunUntilAsync(Now, cancellation);
        return result;
    }, cancellation);

    /// <summary>Moves the clock, past everything that is due until then.</summary>
    public Task MoveToAsync(Instant end, CancellationToken cancellation = default) => MoveAsync(() => engine.RunUntilAsync(end, cancellation), cancellation);

    /// <summary>Moves the clock to the next moment at which NudgeBot sends something unasked.</summary>
    /// <returns>False when nothing is sent until <paramref name="limit"/>; the clock is there then.</returns>
    public async Task<bool> MoveToNextMessageAsync(Instant limit, CancellationToken cancellation = default)
    {
        var sent = false;
        await MoveAsync(async () =>
        {
            var before = await Messages.LastSentAsync(cancellation);
            while (!sent && await engine.RunNextAsync(limit, cancellation)) sent = await Messages.LastSentAsync(cancellation) != before;
            if (!sent) await engine.RunUntilAsync(limit, cancellation);
        }, cancellation);
        return sent;
    }

    Task MoveAsync(Func<Task> move, CancellationToken cancellation) => AloneAsync(async () =>
    {
        try
        {
            await move();
        }
        finally
        {
            // Also after a move that was broken off: what was done by then is done.
            await KeepAsync(Now);
        }
        return true;
    }, cancellation);

    async Task<T> AloneAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        await oneAtATime.WaitAsync(cancellation);
        try
        {
            return await work();
        }
        finally
        {
            oneAtATime.Release();
            Changes.Raise();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    async Task KeepAsync(Instant now)
    {
        await using var connection = await Product.Database.OpenConnectionAsync();
        await connection.ExecuteAsync("update playground set now = @now where organization_id = @OrganizationId", new { OrganizationId, now });
    }
}
