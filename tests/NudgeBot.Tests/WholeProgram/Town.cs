using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Text;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Database;
using NudgeBot.People;
using NudgeBot.Tests.Database;

namespace NudgeBot.Tests.WholeProgram;

/// <summary>
/// A company that works in chat, and everything around it: a database, the shipped campaign as it is shipped, and the programs that serve it. The platforms
/// are added by what derives from this. Product time stands until it is moved; moments are written as the clocks in Berlin show them.
/// </summary>
abstract class Town(TestDatabase database) : IAsyncDisposable
{
    /// <summary>The Sunday before the shipped campaign starts.</summary>
    const string Founded = "2027-01-10 12:00";

    static readonly DateTimeZone Home = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    readonly List<TownProgram> programs = [];

    public ProductClock Clock { get; } = ProductClock.StandingAt(Moment(Founded));

    /// <summary>The one that moves the clock; the platforms call it unless a test says otherwise.</summary>
    public TownProgram Program => programs.First(program => !program.IsOver);

    protected IReadOnlyList<TownProgram> Programs => programs;
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What an operator sets for the platforms.</summary>
    protected abstract Dictionary<string, string?> Platforms { get; }

    /// <summary>The platforms as a program of this town has them.</summary>
    protected abstract Task<IReadOnlyList<ProgramPart>> ReadAsync(NpgsqlDataSource source, ILoggerFactory logging, IConfiguration configuration);

    /// <summary>The platforms are told that the addresses of the app are this program's.</summary>
    public abstract void CallFrom(TownProgram program);

    /// <summary>No workspace is connected and no program runs yet.</summary>
    protected async Task HireAsync(string roster)
    {
        var product = new NudgingProduct(database.Source, Clock, Shipped.Content, []);
        await Organizations.EnsureFirstAsync(database.Source, "Acme", Clock, Cancellation);
        await ImportAsync(product, roster);
        await product.Campaigns.ApplyAsync(1, Shipped.Campaign, Cancellation);
    }

    /// <summary>Another program on the same database; the platforms call the first one.</summary>
    public async Task<TownProgram> StartAsync(Dictionary<string, string?>? platforms = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(platforms ?? Platforms)
            .AddInMemoryCollection([KeyValuePair.Create("NUDGEBOT_ORGANIZATION", (string?)"Acme")]).Build();
        var program = await TownProgram.StartAsync(database.ConnectionString, Clock, (source, logging) => ReadAsync(source, logging, configuration), Cancellation);
        programs.Add(program);
        CallFrom(Program);
        return program;
    }

    /// <summary>One more campaign.</summary>
    public async Task LaunchAsync(string yaml)
    {
        await Program.Product.Campaigns.ApplyAsync(1, CampaignFile.Parse(yaml).Campaign!, Cancellation);
        await Program.Product.Enroller.RunAsync(1, Cancellation);
        await Program.Product.TeamPostPlanner.RunAsync(1, Cancellation);
    }

    public Task ImportAsync(string roster) => ImportAsync(Program.Product, roster);

    static async Task ImportAsync(NudgingProduct product, string roster)
    {
        using var file = new TextFile(roster);
        (await product.RosterImport.RunAsync(1, file.Path, new RosterOptions(), stop: Cancellation)).Problems.ShouldBeEmpty();
    }

    /// <summary>All that is due until then is done, by the first program.</summary>
    public async Task MoveToAsync(string moment)
    {
        await Program.Engine.RunUntilAsync(Moment(moment), Cancellation);
        await SettleAsync();
    }

    /// <summary>So much later.</summary>
    public async Task PassAsync(Duration time)
    {
        await Program.Engine.RunUntilAsync(Clock.Now + time, Cancellation);
        await SettleAsync();
    }

    /// <summary>It is that moment, and nobody has looked at the clock yet.</summary>
    public async Task ReadyForAsync(string moment)
    {
        await Program.Engine.RunUntilAsync(Moment(moment) - Duration.FromMinutes(1), Cancellation);
        await Program.Product.Tick.PlanAsync(Cancellation);
        Clock.MoveTo(Moment(moment));
    }

    /// <summary>What is due at this moment.</summary>
    public Task RunAsync() => Program.Engine.RunNowAsync(Cancellation);

    /// <summary>All that was delivered is answered.</summary>
    public Task SettleAsync() => Task.WhenAll(programs.Select(program => program.WhenIdleAsync()));

    /// <summary>A lease lasts two minutes by the database's clock: now they are over.</summary>
    public Task LeasesRunOutAsync() => ExecuteAsync("""
        update nudges set leased_until = clock_timestamp() - interval '1 second' where organization_id = 1 and leased_until < 'infinity';
        update inbox set leased_until = clock_timestamp() - interval '1 second' where organization_id = 1;
        """);

    /// <summary>What a platform asked to wait, and what is kept within its limits, is over: a minute of the world's passes at once.</summary>
    public Task LimitsPassAsync() => ExecuteAsync("delete from rate_budgets where organization_id = 1");

    /// <summary><c>anna day-0-welcome sent</c>, <c>cleo day-0-welcome skipped no-account</c>.</summary>
    public Task<IReadOnlyList<string>> NudgesAsync() => QueryAsync<string>("""
        select concat_ws(' ', split_part(p.email, '@', 1), s.key, n.outcome, n.reason, case when n.in_doubt_since is not null then 'in-doubt' end)
        from nudges n join persons p on p.id = n.person_id join steps s on s.id = n.step_id
        where n.organization_id = 1 and n.planned_at <= @now
        order by n.planned_at, p.email
        """);

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        return (await connection.QueryAsync<T>(sql, new { now = Clock.Now })).AsList();
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        await connection.ExecuteAsync(sql, parameters);
    }

    /// <summary>What the programs found worth a warning.</summary>
    protected IEnumerable<string> Warnings => programs.SelectMany(program => program.Log.Text.Split('\n'))
        .Where(line => line.StartsWith("Warning") || line.StartsWith("Error")).Where(line => !line.Contains("Health check"));

    /// <summary>Comes to pass soon, by itself.</summary>
    public static async Task SoonAsync(Func<bool> isSo)
    {
        using var tooLong = new CancellationTokenSource(TimeSpan.FromSeconds(20), WireClock.System);
        while (!isSo()) await Task.Delay(TimeSpan.FromMilliseconds(10), WireClock.System, tooLong.Token);
    }

    public static Instant Moment(string berlin) => LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Parse(berlin).Value.InZoneStrictly(Home).ToInstant();

    /// <summary>The fakes: what hangs ends with them.</summary>
    protected abstract ValueTask ClosePlatformsAsync();

    public async ValueTask DisposeAsync()
    {
        await ClosePlatformsAsync();
        foreach (var program in programs) await program.DisposeAsync();
        await database.DisposeAsync();
    }
}
