using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Database;
using NudgeBot.FakeSlack;
using NudgeBot.FakeSlack.Limits;
using NudgeBot.FakeSlack.World;
using NudgeBot.People;
using NudgeBot.Slack;
using NudgeBot.Slack.Installing;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Bench;

/// <summary>
/// A Slack workspace whose limits hold, full of people on the morning of the shipped campaign's welcome, and a database whose roster knows them by e-mail.
/// The workspace's minutes, and with them the limits on both sides, pass <see cref="Times"/> times as fast.
/// </summary>
sealed class SlackPeopleAtWork : IAsyncDisposable
{
    public const double Times = 16;

    static readonly Instant Morning = Instant.FromUtc(2027, 1, 11, 8, 0), WelcomeIsDue = Instant.FromUtc(2027, 1, 11, 9, 0, 5);

    readonly BenchDatabase postgres;
    readonly ShiftedTime time = new(Morning);
    readonly SecretBox secrets = new(SecretBox.NewKey());
    readonly List<SlackApp> apps = [];
    readonly ContentFolder content = ContentFolder.Find(Environment.GetEnvironmentVariable(ContentFolder.Setting), Directory.GetCurrentDirectory(), AppContext.BaseDirectory);
    readonly ProductClock clock;
    readonly Team team;

    SlackPeopleAtWork(BenchDatabase postgres, FakeSlackServer slack)
    {
        this.postgres = postgres;
        clock = ProductClock.Ticking(time);
        Slack = slack;
        team = slack.World.AddTeam("Acme");
        Database = NpgsqlDataSource.Create(postgres.ConnectionString);
    }

    public FakeSlackServer Slack { get; }
    public NpgsqlDataSource Database { get; }
    public int ServerId => postgres.ProcessId;
    public int OrganizationId { get; private set; }
    public IReadOnlyList<User> People { get; private set; } = [];

    public static async Task<SlackPeopleAtWork> SettleAsync(int people, CancellationToken cancellation)
    {
        var started = await BenchDatabase.StartAsync(cancellation);
        var slack = await FakeSlackServer.StartAsync(new FakeSlackOptions { TimeFactor = Times, TellsAppOfItsOwnMessages = false });
        var company = new SlackPeopleAtWork(started, slack);
        try
        {
            Report.Progress($"settling {people} people");
            await company.FillAsync(people, cancellation);
            return company;
        }
        catch
        {
            await company.DisposeAsync();
            throw;
        }
    }

    /// <summary>A replica of the program, as the service is put together.</summary>
    public NudgingProduct NewReplica()
    {
        var app = new SlackApp(Database, clock, new SlackSettings { ApiUrl = Slack.ApiUrl, LimitsTimes = Times }, secrets, NullLoggerFactory.Instance, organization: null);
        apps.Add(app);
        return new NudgingProduct(Database, clock, content, app.Platforms);
    }

    /// <summary>For those whose channel nobody has opened yet.</summary>
    public async Task OpenChannelsAsync(CancellationToken cancellation)
    {
        await using var command = Database.CreateCommand("""
            update accounts a set conversation = o.conversation from unnest($1, $2) as o(external_id, conversation)
            where a.external_id = o.external_id and a.conversation is null
            """);
        command.Parameters.AddWithValue(People.Select(person => person.Id).ToArray());
        command.Parameters.AddWithValue(People.Select(person => Slack.World.OpenDirect(team, person).Id).ToArray());
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Everybody's welcome is due, as often as this is called.</summary>
    public async Task MakeWelcomeDueAsync(CancellationToken cancellation)
    {
        if (clock.Now < WelcomeIsDue)
        {
            time.Set(WelcomeIsDue);
            await NewReplica().Tick.PlanAsync(cancellation);
            if (await AskAsync<long>("select count(*) from nudges where workspace_id is not null", cancellation) is var due && due != People.Count)
                throw new InvalidOperationException($"Of {People.Count} people {due} have a nudge and an account to send it to.");
            await ExecuteAsync("create table planned as select * from nudges", cancellation);
        }
        await ExecuteAsync("truncate nudges, rate_budgets; insert into nudges select * from planned; update workspaces set send_not_before = null", cancellation);
        await ExecuteAsync("vacuum analyze", cancellation);
        await ExecuteAsync("checkpoint", cancellation);
    }

    public CallCount CallsOf(SlackMethod method) => Slack.Calls.GetValueOrDefault(method.Name, new CallCount(0, 0));

    /// <param name="ts">Younger than this message.</param>
    public IReadOnlyList<Message> MessagesSince(string ts) =>
        [.. People.SelectMany(Slack.MessagesWith).Where(message => string.CompareOrdinal(message.Ts, ts) > 0)];

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

    public async ValueTask DisposeAsync()
    {
        foreach (var app in apps) app.Dispose();
        await Slack.DisposeAsync();
        await Database.DisposeAsync();
        await postgres.DisposeAsync();
    }

    async Task FillAsync(int people, CancellationToken cancellation)
    {
        await Migrations.ApplyAsync(Database, clock, cancellation);
        await ExecuteAsync("insert into organizations (name, created_at) values ('Acme', '2027-01-04Z')", cancellation);
        OrganizationId = await AskAsync<int>("select id from organizations", cancellation);

        var token = Slack.World.Install(team);
        People = [.. Enumerable.Range(0, people).Select(number => Slack.World.AddUser(team, $"Person {number}", $"person{number}@example.com"))];
        await new SlackInstallations(Database, secrets, clock).InstallAsync(OrganizationId,
            new SlackGrant(team.Id, team.Name, Slack.App.Id, team.Bot!.Id, string.Join(',', token.Scopes), new TokenPair(token.Value, Refresh: null, ExpiresAt: null)), cancellation);

        var product = NewReplica();
        var roster = Path.Combine(Path.GetTempPath(), $"nudgebot-bench-{Guid.NewGuid():N}.csv");
        await File.WriteAllLinesAsync(roster, People.Select((person, number) => string.Create(CultureInfo.InvariantCulture, $"{person.Email},Europe/Berlin,developer,Team {number % 500}"))
            .Prepend("email,time_zone,role,team"), cancellation);
        await product.RosterImport.RunAsync(OrganizationId, roster, new RosterOptions(), stop: cancellation);
        File.Delete(roster);

        var file = await File.ReadAllTextAsync(Path.Combine(content.Campaigns, "first-60-days.yaml"), cancellation);
        var campaign = CampaignFile.Parse(file).Campaign ?? throw new InvalidOperationException("The shipped campaign cannot be read.");
        // Everybody gets the welcome.
        await product.Campaigns.ApplyAsync(OrganizationId, campaign with { HoldoutPercent = 0 }, cancellation);
        await product.Enroller.RunAsync(OrganizationId, cancellation);
    }
}
