using Dapper;
using NodaTime;
using NudgeBot.Jobs;

namespace NudgeBot.Web.Playground;

/// <summary>
/// A demo as it runs: the whole product by a clock that stands until it is moved, and people who live between the moves. Whatever changes
/// anything is done here, one thing at a time, and ends with what is due at that moment being done.
/// </summary>
abstract class DemoWorld(NudgingProduct product, int organizationId) : IDisposable
{
    readonly DirectEngine engine = new(product);
    readonly SemaphoreSlim oneAtATime = new(1);

    public NudgingProduct Product => product;
    public int OrganizationId => organizationId;
    public Instant Now => product.Clock.Now;
    public ChangeSignal Changes { get; } = new();

    /// <summary>For those who are inside already: invented people act while the clock moves.</summary>
    public abstract IDemoChat Chat { get; }

    /// <summary>Moves the clock, past everything that is due until then.</summary>
    public Task MoveToAsync(Instant end, CancellationToken cancellation = default) => MoveAsync(() => engine.RunUntilAsync(end, cancellation), cancellation);

    /// <summary>Moves the clock to the next moment at which NudgeBot sends something unasked.</summary>
    /// <returns>False when nothing is sent until <paramref name="limit"/>; the clock is there then.</returns>
    public async Task<bool> MoveToNextMessageAsync(Instant limit, CancellationToken cancellation = default)
    {
        var sent = false;
        await MoveAsync(async () =>
        {
            var before = await Chat.LastSentAsync(cancellation);
            while (!sent && await engine.RunNextAsync(limit, cancellation)) sent = await Chat.LastSentAsync(cancellation) != before;
            if (!sent) await engine.RunUntilAsync(limit, cancellation);
        }, cancellation);
        return sent;
    }

    public virtual void Dispose() => oneAtATime.Dispose();

    /// <param name="lives">What invented people do by the clock, beside all that NudgeBot does.</param>
    protected Task StartAsync(IReadOnlyList<RecurringJob> lives, CancellationToken cancellation) => engine.StartAsync([.. RecurringJobs.All, .. lives], cancellation);

    /// <summary>Does something at the present moment, and then whatever that made due.</summary>
    protected Task<T> DoAsync<T>(Func<Task<T>> act, CancellationToken cancellation) => AloneAsync(async () =>
    {
        var result = await act();
        await engine.RunNowAsync(cancellation);
        return result;
    }, cancellation);

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

    async Task KeepAsync(Instant now)
    {
        await using var connection = await Product.Database.OpenConnectionAsync();
        await connection.ExecuteAsync("update playground set now = @now where organization_id = @OrganizationId", new { OrganizationId, now });
    }
}
