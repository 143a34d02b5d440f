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
        Conversing = new Conversing(product, Messages, organizationId);
        engine = new DirectEngine(product);
    }

    public NudgingProduct Product { get; }
    public int OrganizationId { get; }
    public int WorkspaceId { get; }
    public PlaygroundMessages Messages { get; }

    /// <summary>For those who are inside already: invented people act while the clock moves.</summary>
    public Conversing Conversing { get; }

    public Instant Now => Product.Clock.Now;

    public ChangeSignal Changes { get; } = new();

    /// <param name="lives">What invented people do by the clock, beside all that NudgeBot does.</param>
    public static async Task<PlaygroundWorld> StartAsync(
        NpgsqlDataSource database, ContentFolder content, Func<PlaygroundWorld, IReadOnlyList<RecurringJob>> lives, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var (organizationId, workspaceId, now) = await connection.QuerySingleAsync<(int, int, Instant)>("select organization_id, workspace_id, now from playground");
        var clock = ProductClock.StandingAt(now);
        var product = new NudgingProduct(database, clock, content, [new PlaygroundPlatform(database, clock, organizationId)]);
        var world = new PlaygroundWorld(product, organizationId, workspaceId);
        await world.engine.StartAsync([.. RecurringJobs.All, .. lives(world)], cancellation);
        return world;
    }

    /// <summary>Does something at the present moment, and then whatever that made due.</summary>
    public async Task<T> DoAsync<T>(Func<Conversing, Task<T>> act, CancellationToken cancellation = default)
    {
        await oneAtATime.WaitAsync(cancellation);
        try
        {
            var result = await act(Conversing);
            await engine.RunUntilAsync(Now, cancellation);
            return result;
        }
        finally
        {
            oneAtATime.Release();
            Changes.Raise();
        }
    }

    /// <summary>Moves the clock, past everything that is due until then.</summary>
    public async Task MoveToAsync(Instant end, CancellationToken cancellation = default)
    {
        await oneAtATime.WaitAsync(cancellation);
        try
        {
            await engine.RunUntilAsync(end, cancellation);
        }
        finally
        {
            // Also after a move that was broken off: what was done by then is done.
            await KeepAsync(Now);
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
