using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Jobs;

namespace NudgeBot.Web.Playground;

/// <summary>The playground as it runs: a demo whose chat is in its own database.</summary>
sealed class PlaygroundWorld : DemoWorld
{
    PlaygroundWorld(NudgingProduct product, int organizationId, int workspaceId) : base(product, organizationId)
    {
        WorkspaceId = workspaceId;
        Messages = new PlaygroundMessages(product.Database, organizationId, workspaceId);
        People = new PlaygroundPeople(product.Database, organizationId, workspaceId);
        Conversing = new Conversing(product, Messages, organizationId);
        Chat = new PlaygroundChat(this);
    }

    public int WorkspaceId { get; }
    public PlaygroundMessages Messages { get; }
    public Conversing Conversing { get; }
    public PlaygroundPeople People { get; }
    public override IDemoChat Chat { get; }

    /// <param name="lives">What invented people do by the clock, beside all that NudgeBot does.</param>
    public static async Task<PlaygroundWorld> StartAsync(
        NpgsqlDataSource database, ContentFolder content, Func<PlaygroundWorld, IReadOnlyList<RecurringJob>> lives, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var (organizationId, workspaceId, now) = await connection.QuerySingleAsync<(int, int, Instant)>("select organization_id, workspace_id, now from playground");
        var clock = ProductClock.StandingAt(now);
        var product = new NudgingProduct(database, clock, content, [new PlaygroundPlatform(database, clock)]);
        var world = new PlaygroundWorld(product, organizationId, workspaceId);
        await world.StartAsync(lives(world), cancellation);
        return world;
    }

    /// <summary>Does something at the present moment, and then whatever that made due.</summary>
    public Task<T> DoAsync<T>(Func<Conversing, Task<T>> act, CancellationToken cancellation = default) => DoAsync(() => act(Conversing), cancellation);
}
