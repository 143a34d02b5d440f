using Dapper;
using Microsoft.Extensions.Configuration;
using NodaTime;
using NodaTime.Text;
using NudgeBot.Campaigns;
using NudgeBot.Database;
using NudgeBot.FakeSlack;
using NudgeBot.FakeSlack.World;
using NudgeBot.People;
using NudgeBot.Slack.Installing;
using NudgeBot.Tests;
using NudgeBot.Tests.Database;

namespace NudgeBot.Slack.Tests.WholeProgram;

/// <summary>
/// A company that works in Slack, and everything around it: a Slack with its limits, scopes and signatures, a database, the shipped campaign as it is shipped,
/// and the programs that serve it. Product time stands until it is moved; moments are written as the clocks in Berlin show them.
/// </summary>
sealed class SlackTown : IAsyncDisposable
{
    /// <summary>
    /// Anna, Eve and Mara get messages. Hana is held out, Gina is a guest in Slack, Dora is deactivated there, Cleo is not in Slack at all, and
    /// behind Hedda's address is a bot.
    /// </summary>
    const string Roster = """
        email,name,role,team,time_zone
        anna@acme.com,Anna Bauer,developer,Payments,Europe/Berlin
        eve@acme.com,Eve Winter,developer,Payments,Europe/Berlin
        mara@acme.com,Mara Stein,qa,Payments,Europe/Berlin
        hana@acme.com,Hana Vogt,developer,Payments,Europe/Berlin
        gina@acme.com,Gina Lang,developer,Payments,Europe/Berlin
        dora@acme.com,Dora Kern,developer,Payments,Europe/Berlin
        cleo@acme.com,Cleo Horn,developer,Payments,Europe/Berlin
        hedda@acme.com,Hedda,developer,Payments,Europe/Berlin
        """;

    /// <summary>The Sunday before the shipped campaign starts.</summary>
    const string Founded = "2027-01-10 12:00";

    static readonly DateTimeZone Home = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    readonly TestDatabase database;
    readonly List<SlackProgram> programs = [];
    readonly string key = SecretBox.NewKey();
    readonly Browser browser;

    SlackTown(TestDatabase database, FakeSlackServer slack)
    {
        this.database = database;
        Slack = slack;
        browser = new Browser(slack);
        Acme = slack.World.AddTeam("Acme");
        Anna = Join(Acme, "Anna Bauer");
        Eve = Join(Acme, "Eve Winter");
        Mara = Join(Acme, "Mara Stein");
        Hana = Join(Acme, "Hana Vogt");
        Gina = Join(Acme, "Gina Lang", like => like with { IsRestricted = true });
        Dora = Join(Acme, "Dora Kern", like => like with { Deleted = true });
        Hedda = Join(Acme, "Hedda", like => like with { IsBot = true });
        Stranger = Join(Acme, "Sten Berg");
    }

    public FakeSlackServer Slack { get; }
    public Team Acme { get; }
    public ProductClock Clock { get; } = ProductClock.StandingAt(Moment(Founded));

    public SlackPerson Anna { get; }
    public SlackPerson Eve { get; }
    public SlackPerson Mara { get; }
    public SlackPerson Hana { get; }
    public SlackPerson Gina { get; }
    public SlackPerson Dora { get; }
    public SlackPerson Hedda { get; }

    /// <summary>In Slack and on no roster.</summary>
    public SlackPerson Stranger { get; }

    /// <summary>The one that moves the clock; Slack calls it unless a test says otherwise.</summary>
    public SlackProgram Program => programs.First(program => !program.IsOver);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Nothing is installed and no program runs yet.</summary>
    public static async Task<SlackTown> FoundAsync(FakeSlackOptions? slack = null)
    {
        var options = slack ?? new FakeSlackOptions();
        // Secrets as Slack's look: a program's start checks them.
        var app = new FakeApp { ClientSecret = "c1ient0secret0123456789", SigningSecret = "s1gning0secret012345678", RotatesTokens = options.App.RotatesTokens };
        var town = new SlackTown(await TestDatabase.CreateAsync(), await FakeSlackServer.StartAsync(options with { App = app }));
        var product = new NudgingProduct(town.database.Source, town.Clock, Shipped.Content, []);
        await Organizations.EnsureFirstAsync(town.database.Source, "Acme", town.Clock, Cancellation);
        using var roster = new TextFile(Roster);
        (await product.RosterImport.RunAsync(1, roster.Path, new RosterOptions(), stop: Cancellation)).Problems.ShouldBeEmpty();
        await product.Campaigns.ApplyAsync(1, Shipped.Campaign, Cancellation);
        return town;
    }

    /// <summary>A program is running and the app is installed; nothing was sent yet.</summary>
    public static async Task<SlackTown> InstalledAsync(FakeSlackOptions? slack = null)
    {
        var town = await FoundAsync(slack);
        await town.StartAsync();
        await town.InstallAsync(town.Anna);
        await town.RunAsync();
        return town;
    }

    /// <summary>What an operator sets for a program that workspaces install by themselves.</summary>
    public Dictionary<string, string?> OAuthEnvironment => Environment(
        ("SLACK_CLIENT_ID", Slack.App.ClientId), ("SLACK_CLIENT_SECRET", Slack.App.ClientSecret), ("SLACK_SIGNING_SECRET", Slack.App.SigningSecret));

    /// <summary>What an operator sets for one workspace and no public address.</summary>
    public Dictionary<string, string?> SocketEnvironment => Environment(("SLACK_BOT_TOKEN", Slack.World.Install(Acme, SlackScopes.Bot).Value), ("SLACK_APP_TOKEN", Slack.App.AppToken));

    Dictionary<string, string?> Environment(params (string, string)[] settings) => new(
        settings.Append((SlackConfiguration.ApiUrl, Slack.ApiUrl.AbsoluteUri)).Append((SecretBox.Setting, key)).Append(("NUDGEBOT_ORGANIZATION", "Acme"))
            .Select(setting => KeyValuePair.Create(setting.Item1, (string?)setting.Item2)));

    /// <summary>Another program on the same database; Slack calls the first one.</summary>
    public async Task<SlackProgram> StartAsync(Dictionary<string, string?>? environment = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(environment ?? OAuthEnvironment).Build();
        var program = await SlackProgram.StartAsync(database.ConnectionString, Clock, configuration, Cancellation);
        programs.Add(program);
        CallFrom(Program);
        return program;
    }

    /// <summary>The app's settings at Slack name the addresses of this program.</summary>
    public void CallFrom(SlackProgram program)
    {
        Slack.App.EventsUrl = new Uri(program.Address, "/slack/events");
        Slack.App.InteractivityUrl = new Uri(program.Address, "/slack/interactivity");
        Slack.App.OptionsUrl = new Uri(program.Address, "/slack/options");
        Slack.App.CommandsUrl = new Uri(program.Address, "/slack/commands");
    }

    /// <inheritdoc cref="Browser.InstallAsync"/>
    public Task<string> InstallAsync(SlackPerson by, Func<string, bool>? allows = null) => browser.InstallAsync(Program.Address, by, allows ?? (_ => true), Cancellation);

    /// <summary>One more campaign.</summary>
    public async Task LaunchAsync(string yaml)
    {
        await Program.Product.Campaigns.ApplyAsync(1, CampaignFile.Parse(yaml).Campaign!, Cancellation);
        await Program.Product.Enroller.RunAsync(1, Cancellation);
        await Program.Product.TeamPostPlanner.RunAsync(1, Cancellation);
    }

    public SlackPerson Join(Team team, string name, Func<User, User>? but = null)
    {
        var first = name.Split(' ')[0];
        var like = new User { Id = "", TeamId = "", Name = first.ToLowerInvariant(), RealName = name, Email = $"{first.ToLowerInvariant()}@acme.com" };
        return new SlackPerson(this, Slack.World.AddUser(team, but?.Invoke(like) ?? like));
    }

    /// <summary>A channel that the bot was invited to.</summary>
    public Channel Channel(string name, params SlackPerson[] members)
    {
        var channel = Slack.World.AddChannel(Acme, name, ChannelKind.Public, members.Select(member => member.User));
        channel.Members.Add(Acme.Bot!.Id);
        return channel;
    }

    /// <summary>So many more developers, whom the bot can write to already: crowd0, crowd1, ...</summary>
    public async Task<IReadOnlyList<SlackPerson>> CrowdAsync(int size)
    {
        var crowd = Enumerable.Range(0, size).Select(number => Join(Acme, $"Crowd{number}")).ToList();
        using var roster = new TextFile("email,role,team,time_zone\n" + string.Join('\n', crowd.Select(one => $"{one.User.Email},developer,Crowd,Europe/Berlin")));
        (await Program.Product.RosterImport.RunAsync(1, roster.Path, new RosterOptions(), stop: Cancellation)).Problems.ShouldBeEmpty();
        foreach (var one in crowd)
        {
            await ExecuteAsync("""
                with account as (
                  insert into accounts (organization_id, workspace_id, person_id, external_id, conversation)
                  select 1, w.id, p.id, @user, @channel from persons p join workspaces w on w.organization_id = p.organization_id
                  where p.organization_id = 1 and p.email = @email and w.external_id = @team
                  returning id, person_id, workspace_id)
                update persons p set account_id = a.id, workspace_id = a.workspace_id from account a where p.organization_id = 1 and p.id = a.person_id
                """, new { user = one.User.Id, email = one.User.Email, team = Acme.Id, channel = Slack.World.OpenDirect(Acme, one.User).Id });
        }
        return crowd;
    }

    /// <summary>All that is due until then is done, by the first program.</summary>
    public async Task MoveToAsync(string moment)
    {
        await Program.Engine.RunUntilAsync(Moment(moment), Cancellation);
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

    /// <summary>All that Slack has delivered is answered.</summary>
    public Task SettleAsync() => Task.WhenAll(programs.Select(program => program.WhenIdleAsync()));

    /// <summary>A lease lasts two minutes by the database's clock: now they are over.</summary>
    public Task LeasesRunOutAsync() => ExecuteAsync("""
        update nudges set leased_until = clock_timestamp() - interval '1 second' where organization_id = 1 and leased_until < 'infinity';
        update inbox set leased_until = clock_timestamp() - interval '1 second' where organization_id = 1;
        """);

    /// <summary>What Slack asked to wait, and what is kept within its limits, is over: a minute of the world's passes at once.</summary>
    public Task LimitsPassAsync() => ExecuteAsync("delete from rate_budgets where organization_id = 1");

    /// <summary>How often a method was called, without the calls that were broken before they came that far.</summary>
    public long Calls(string method) => Slack.Calls.TryGetValue(method, out var count) ? count.Calls : 0;

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

    /// <summary>Never once was Slack asked more often than it allows, nor for what it refuses.</summary>
    public void NothingWentWrong()
    {
        foreach (var (method, count) in Slack.Calls) count.Throttled.ShouldBe(0, method);
        foreach (var program in programs)
            program.Log.Text.Split('\n').Where(line => line.StartsWith("Warning") || line.StartsWith("Error")).Where(line => !line.Contains("Health check")).ShouldBeEmpty();
        foreach (var delivery in Slack.Deliveries) delivery.Acknowledged.ShouldBeTrue($"{delivery.Kind} {delivery.Payload["event"]?["type"] ?? delivery.Payload["type"]}");
    }

    /// <summary>Comes to pass soon, by itself.</summary>
    public static async Task SoonAsync(Func<bool> isSo)
    {
        using var tooLong = new CancellationTokenSource(TimeSpan.FromSeconds(20), WireClock.System);
        while (!isSo()) await Task.Delay(TimeSpan.FromMilliseconds(10), WireClock.System, tooLong.Token);
    }

    public static Instant Moment(string berlin) => LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Parse(berlin).Value.InZoneStrictly(Home).ToInstant();

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        // What hangs ends with Slack.
        await Slack.DisposeAsync();
        foreach (var program in programs) await program.DisposeAsync();
        await database.DisposeAsync();
    }
}
