using System.Globalization;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Database;
using NudgeBot.People;

namespace NudgeBot.Bench;

/// <summary>A database whose roster knows people by e-mail, on the morning of the shipped campaign's welcome. Where they chat is added by what derives from this.</summary>
abstract class PeopleAtWork : IAsyncDisposable
{
    static readonly Instant Morning = Instant.FromUtc(2027, 1, 11, 8, 0), WelcomeIsDue = Instant.FromUtc(2027, 1, 11, 9, 0, 5);

    readonly BenchDatabase postgres;
    readonly ShiftedTime time = new(Morning);
    int people;

    protected PeopleAtWork(BenchDatabase postgres)
    {
        this.postgres = postgres;
        Clock = ProductClock.Ticking(time);
        Database = NpgsqlDataSource.Create(postgres.ConnectionString);
    }

    public NpgsqlDataSource Database { get; }
    public int ServerId => postgres.ProcessId;
    public int OrganizationId { get; private set; }
    protected ProductClock Clock { get; }
    protected ContentFolder Content { get; } = ContentFolder.Find(Environment.GetEnvironmentVariable(ContentFolder.Setting), Directory.GetCurrentDirectory(), AppContext.BaseDirectory);

    /// <summary>A replica of the program, as the service is put together.</summary>
    public abstract NudgingProduct NewReplica();

    /// <summary>Everybody's welcome is due, as often as this is called.</summary>
    public async Task MakeWelcomeDueAsync(CancellationToken cancellation)
    {
        if (Clock.Now < WelcomeIsDue)
        {
            time.Set(WelcomeIsDue);
            await NewReplica().Tick.PlanAsync(cancellation);
            if (await AskAsync<long>("select count(*) from nudges where workspace_id is not null", cancellation) is var due && due != people)
                throw new InvalidOperationException($"Of {people} people {due} have a nudge and an account to send it to.");
            await ExecuteAsync("create table planned as select * from nudges", cancellation);
        }
        await ExecuteAsync("truncate nudges, rate_budgets; insert into nudges select * from planned; update workspaces set send_not_before = null", cancellation);
        await ExecuteAsync("vacuum analyze", cancellation);
        await ExecuteAsync("checkpoint", cancellation);
    }

    /// <summary>Sends all that is due, by so many replicas.</summary>
    /// <param name="every">How often each looks.</param>
    public async Task DispatchAsync(int replicas, TimeSpan every, CancellationToken cancellation)
    {
        var products = Enumerable.Range(0, replicas).Select(_ => NewReplica()).ToList();
        var isDone = false;
        async Task TickAsync(NudgingProduct product)
        {
            await product.Tick.DispatchAsync(cancellation);
            isDone = await AskAsync<long>("select count(*) from nudges where outcome = 'pending'", cancellation) == 0;
        }
        await Task.WhenAll(products.Select(product => Task.Run(() => EveryAsync(every, () => TickAsync(product), () => isDone, cancellation), cancellation)));
    }

    /// <summary>As the service runs its jobs: when one took longer than the interval, the next follows at once.</summary>
    public static async Task EveryAsync(TimeSpan interval, Func<Task> work, Func<bool> isDone, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(interval, WireClock.System);
        do await work();
        while (!isDone() && await timer.WaitForNextTickAsync(cancellation));
    }

    public async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<T> AskAsync<T>(string sql, CancellationToken cancellation)
    {
        await using var command = Database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(cancellation))!;
    }

    protected async Task FoundAsync(CancellationToken cancellation)
    {
        await Migrations.ApplyAsync(Database, Clock, cancellation);
        await ExecuteAsync("insert into organizations (name, created_at) values ('Acme', '2027-01-04Z')", cancellation);
        OrganizationId = await AskAsync<int>("select id from organizations", cancellation);
    }

    protected async Task HireAsync(IReadOnlyList<string> emails, CancellationToken cancellation)
    {
        people = emails.Count;
        var product = NewReplica();
        var roster = Path.Combine(Path.GetTempPath(), $"nudgebot-bench-{Guid.NewGuid():N}.csv");
        await File.WriteAllLinesAsync(roster, emails.Select((email, number) => string.Create(CultureInfo.InvariantCulture, $"{email},Europe/Berlin,developer,Team {number % 500}"))
            .Prepend("email,time_zone,role,team"), cancellation);
        await product.RosterImport.RunAsync(OrganizationId, roster, new RosterOptions(), stop: cancellation);
        File.Delete(roster);

        var file = await File.ReadAllTextAsync(Path.Combine(Content.Campaigns, "first-60-days.yaml"), cancellation);
        var campaign = CampaignFile.Parse(file).Campaign ?? throw new InvalidOperationException("The shipped campaign cannot be read.");
        // Everybody gets the welcome.
        await product.Campaigns.ApplyAsync(OrganizationId, campaign with { HoldoutPercent = 0 }, cancellation);
        await product.Enroller.RunAsync(OrganizationId, cancellation);
    }

    /// <summary>The replicas, and what they play against.</summary>
    protected abstract ValueTask CloseAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await Database.DisposeAsync();
        await postgres.DisposeAsync();
    }
}
