using System.Net;
using Dapper;
using Npgsql;
using NudgeBot.Campaigns;
using NudgeBot.Database;
using NudgeBot.FakeSlack;
using NudgeBot.FakeSlack.Limits;
using NudgeBot.FakeSlack.World;
using NudgeBot.Slack;
using NudgeBot.Slack.Inbound;
using NudgeBot.Slack.Installing;
using NudgeBot.Web.Playground;
using NudgeBot.Web.Playground.Invented;

namespace NudgeBot.Web.SlackDemo;

/// <summary>
/// The invented company in a Slack on this machine. Between the two is what is between NudgeBot and any Slack: HTTP, signatures, tokens, limits. Only the
/// clock is the demo's, and the limits' minutes are shorter, so that a week passes in seconds.
/// </summary>
sealed class SlackDemoWorld : DemoWorld, IAsyncDisposable
{
    /// <summary>A minute of Slack's limits is a second here.</summary>
    const double LimitsTimes = 60;

    /// <summary>It protects nothing: both ends of the line are in this process.</summary>
    const string SigningSecret = "0123456789abcdef0123456789abcdef";

    readonly FakeSlackServer there;
    readonly SlackApp link;
    readonly ILoggerFactory logs;
    readonly WebApplication site;
    readonly PlaygroundPeople people;

    SlackDemoWorld(NudgingProduct product, int organizationId, int workspaceId, FakeSlackServer slack, Team team, SlackApp connection, ILoggerFactory logging, WebApplication app)
        : base(product, organizationId)
    {
        there = slack;
        link = connection;
        logs = logging;
        site = app;
        people = new PlaygroundPeople(product.Database, organizationId, workspaceId);
        Chat = new SlackDemoChat(slack, product, organizationId, team);
    }

    public override IDemoChat Chat { get; }

    /// <summary>What a person sees.</summary>
    public Uri Page => there.Address;

    /// <summary>Where Slack calls NudgeBot.</summary>
    public Uri App => new(site.Urls.First());

    /// <summary>Into an empty, migrated database, and to the moment at which the demo opens.</summary>
    /// <param name="port">Of the page; 0: any that is free.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SlackDemoWorld> StartAsync(NpgsqlDataSource database, ContentFolder content, Campaign campaign, int port, CancellationToken cancellation)
    {
        var clock = ProductClock.StandingAt(InventedCompany.SeededAt);
        var slack = await FakeSlackServer.StartAsync(new FakeSlackOptions
        {
            Port = port,
            Limits = new RateLimitOptions { Times = LimitsTimes },
            App = new FakeApp
            {
                SigningSecret = SigningSecret,
                Scopes = SlackScopes.Bot,
                Commands = [new AppCommand("/nudge", "guide | used | win | blocked | snooze | stop | help"), new AppCommand("/win", "what went well, or nothing for a form")],
                MessageShortcuts = [new AppShortcut("win.share", "Share as win")],
            },
        });
        slack.Host = new PageHost { Clock = () => clock.Now };
        var workspace = new InventedWorkspace(slack);
        var (organizationId, workspaceId) = await InventedCompany.SeedAsync(
            database, content, campaign, workspace.Place, (organization, place) => workspace.BringInAsync(database, organization, place, cancellation), cancellation);

        var logging = LoggerFactory.Create(logs => logs.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning));
        var connection = new SlackApp(database, clock, Settings(slack, workspace), new SecretBox(SecretBox.NewKey()), logging, InventedCompany.Name);
        var product = new NudgingProduct(database, clock, content, connection.Platforms);
        var app = Build(product, connection);
        await app.StartAsync(cancellation);
        var world = new SlackDemoWorld(product, organizationId, workspaceId, slack, workspace.Team, connection, logging, app);
        await world.OpenAsync(cancellation);
        return world;
    }

    public Task WaitForShutdownAsync(CancellationToken stop) => site.WaitForShutdownAsync(stop);

    public async ValueTask DisposeAsync()
    {
        await site.StopAsync();
        await site.DisposeAsync();
        await there.DisposeAsync();
        link.Dispose();
        logs.Dispose();
        Dispose();
    }

    /// <summary>As an operator would set them.</summary>
    static SlackSettings Settings(FakeSlackServer slack, InventedWorkspace workspace)
    {
        var environment = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [SlackConfiguration.ApiUrl] = slack.ApiUrl.AbsoluteUri,
            ["SLACK_BOT_TOKEN"] = workspace.BotToken,
            ["SLACK_SIGNING_SECRET"] = SigningSecret,
        }).Build();
        return SlackConfiguration.Read(environment)! with { LimitsTimes = LimitsTimes };
    }

    static WebApplication Build(NudgingProduct product, SlackApp connection)
    {
        // Neither arguments nor settings of the surroundings: nothing outside may open it to the network.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.AddServiceLogging(builder.Environment);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(product);
        builder.Services.AddSlack(connection);
        var app = builder.Build();
        app.MapSlack();
        return app;
    }

    async Task OpenAsync(CancellationToken cancellation)
    {
        there.App.EventsUrl = new Uri(App, "/slack/events");
        there.App.CommandsUrl = new Uri(App, "/slack/commands");
        there.App.InteractivityUrl = new Uri(App, "/slack/interactivity");
        there.App.OptionsUrl = new Uri(App, "/slack/options");
        await StartAsync(InventedLife.Jobs(this), cancellation);
        await MoveToAsync(InventedCompany.OpensAt, cancellation);
        there.MarkAllRead();
        var time = new TimeMachine(this);
        HostAction Leaping(string label, Leap leap) => new(label, (user, stop) => LeapAsync(time, leap, user, stop));
        there.Host = there.Host with
        {
            Visits = VisitAsync,
            Actions =
            [
                Leaping("+ 1 hour", Leap.Hour), Leaping("Next working day", Leap.WorkingDay), Leaping("+ 1 week", Leap.Week), Leaping("Next message", Leap.Message),
            ],
        };
    }

    /// <summary>Whoever is played acts by themselves no more. What follows from it is done when it comes back.</summary>
    Task VisitAsync(User user, Func<Task> act) => DoAsync(async () =>
    {
        if (await FindAsync(user) is { } person) await people.PlayAsync(person.Id, played: true, CancellationToken.None);
        await act();
        await Product.InboxWorker.WhenIdleAsync();
        return true;
    }, CancellationToken.None);

    async Task<string> LeapAsync(TimeMachine time, Leap leap, User? user, CancellationToken cancellation)
    {
        var person = user is null ? null : await FindAsync(user);
        var zone = user?.Tz ?? "UTC";
        await time.LeapAsync(leap, zone, person?.Country, cancellation);
        return time.Last!.InWords(NodaTime.DateTimeZoneProviders.Tzdb[zone]);
    }

    async Task<PlaygroundPerson?> FindAsync(User user) => (await people.AllAsync(CancellationToken.None)).FirstOrDefault(person => person.Email == user.Email);
}
