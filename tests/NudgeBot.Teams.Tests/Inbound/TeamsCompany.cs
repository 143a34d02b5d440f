using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using NudgeBot.Chat;
using NudgeBot.FakeTeams;
using NudgeBot.FakeTeams.World;
using NudgeBot.Jobs;
using NudgeBot.Limits;
using NudgeBot.Nudging;
using NudgeBot.People;
using NudgeBot.Teams.Connector;
using NudgeBot.Teams.Inbound;
using NudgeBot.Teams.Rendering;
using NudgeBot.Teams.Tests.Connector;
using NudgeBot.Tests;
using NudgeBot.Tests.Database;
using TeamsMessage = NudgeBot.FakeTeams.World.Message;

namespace NudgeBot.Teams.Tests.Inbound;

/// <summary>
/// A company in Teams: its database, replicas of the service that Teams calls over HTTP, and a Teams that they call. Anna and Bob are on the roster and
/// nobody else is; none has an account or the app yet.
/// </summary>
sealed class TeamsCompany : IAsyncDisposable
{
    static readonly Instant Start = Instant.FromUtc(2027, 1, 10, 22, 0);

    readonly HttpClient _http = new();
    readonly List<(WebApplication Http, TeamsApp App)> _replicas = [];

    TeamsCompany(TestDatabase database, FakeTeamsServer teams)
    {
        (Database, Teams) = (database, teams);
        Anna = teams.World.AddPerson("Anna Berg", "Anna@Acme.com");
        Bob = teams.World.AddPerson("Bob Noyce", "bob@acme.com");
        Engines = teams.World.AddTeam("Engines", Anna, Bob);
    }

    public TestDatabase Database { get; }
    public FakeTeamsServer Teams { get; }
    public Person Anna { get; }
    public Person Bob { get; }
    public Team Engines { get; }
    public Conversation General => Engines.Channels[0];
    public NudgingProduct Product { get; private set; } = null!;
    public ListedLines Log { get; } = new();
    public Workspace Workspace { get; } = new(1, 1);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>With a replica that Teams calls.</summary>
    public static async Task<TeamsCompany> StartAsync()
    {
        var company = new TeamsCompany(await TestDatabase.CreateAsync(), await FakeTeamsServer.StartAsync());
        await company.FoundAsync();
        company.Product = await company.StartReplicaAsync();
        await company.HireAsync();
        company.Teams.Bot.MessagesUrl = company.Url();
        return company;
    }

    /// <summary>Anna has the app, and was greeted.</summary>
    public static async Task<TeamsCompany> WithAnnaAsync()
    {
        var company = await StartAsync();
        await company.Teams.Acting.InstallAsync(company.Anna);
        await company.IdleAsync();
        return company;
    }

    /// <summary>Another process on the same database.</summary>
    public async Task<NudgingProduct> StartReplicaAsync()
    {
        var settings = new TeamsSettings
        {
            AppId = Teams.Bot.AppId,
            TenantId = Teams.Bot.TenantId,
            Credential = new TeamsCredential.Secret(Teams.Bot.Secret),
            OpenIdMetadata = Teams.BotFramework.OpenIdMetadata,
            LoginAuthority = Teams.LoginAuthority,
        };
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(new ListedLog(Log));
        var clock = ProductClock.StandingAt(Start);
        var teams = new TeamsApp(Database.Source, clock, settings, NullLoggerFactory.Instance, organization: null, inDevelopment: true, TrustingLogin.Of(Teams));
        var product = new NudgingProduct(Database.Source, clock, Shipped.Content, teams.Platforms);
        builder.Services.AddSingleton(product);
        builder.Services.AddTeams(teams);
        builder.Services.AddTeamsInbound();
        var app = builder.Build();
        app.MapTeams();
        await app.StartAsync(Cancellation);
        _replicas.Add((app, teams));
        return product;
    }

    public Uri Url(int replica = 0) => new(new Uri(_replicas[replica].Http.Urls.Single()), TeamsEndpoint.Path);

    /// <summary>Everything that was taken is answered.</summary>
    public Task IdleAsync() => Product.InboxWorker.WhenIdleAsync();

    /// <summary>Somebody who says that they are Teams calls.</summary>
    /// <param name="token">Null: a good one.</param>
    public async Task<(int Status, string Body)> PostAsync(string body, string? token = null, int replica = 0, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Url(replica)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Headers.TryAddWithoutValidation("Authorization", token ?? $"Bearer {Teams.BotFramework.Token(Teams.ServiceUrl.ToString())}");
        using var response = await _http.SendAsync(request, Cancellation);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>What Anna's client tells of something in her chat.</summary>
    public JsonObject Activity(string type, string? id = "f:1") => new()
    {
        ["type"] = type,
        ["id"] = id,
        ["channelId"] = "msteams",
        ["serviceUrl"] = Teams.ServiceUrl.ToString(),
        ["locale"] = "de-DE",
        ["from"] = new JsonObject { ["id"] = Anna.Id, ["aadObjectId"] = Anna.AadObjectId },
        ["recipient"] = new JsonObject { ["id"] = Teams.Bot.Id },
        ["conversation"] = new JsonObject { ["id"] = Teams.World.OpenChat(Anna).Id, ["conversationType"] = "personal", ["tenantId"] = Teams.Bot.TenantId },
    };

    public JsonObject Words(string text, string? id = "f:1")
    {
        var activity = Activity("message", id);
        activity["text"] = text;
        return activity;
    }

    public JsonObject Invoke(string name, JsonNode? value)
    {
        var activity = Activity("invoke");
        activity["name"] = name;
        activity["value"] = value;
        return activity;
    }

    /// <summary>What the bot said to somebody, as a screen reader says it; oldest first.</summary>
    public IReadOnlyList<string> SaidTo(Person person) => Spoken(Teams.MessagesWith(person));

    public IReadOnlyList<string> SaidIn(Conversation channel) => Spoken(Teams.MessagesIn(channel));

    static List<string> Spoken(IEnumerable<TeamsMessage> messages) =>
        [.. messages.Where(message => message.From is null).Select(message => (string)message.Card!["speak"]!)];

    /// <summary>What the bot sent to somebody last.</summary>
    public TeamsMessage LastTo(Person person) => Teams.MessagesWith(person).Last(message => message.From is null);

    /// <summary>The bot shows a message that nobody asked for.</summary>
    public async Task<TeamsMessage> ShowAsync(Conversation where, params Block[] blocks)
    {
        var card = AdaptiveCards.Message(Chat.Message.Of(blocks), "en");
        var activity = new JsonObject { ["type"] = "message", ["attachments"] = new JsonArray(card.Attachment) };
        var reference = new ConversationReference(Teams.ServiceUrl, where.Id);
        var sent = await _replicas[0].App.Calls.SendAsync(Workspace, reference, activity, Urgency.Interactive, Cancellation);
        sent.ShouldBeOfType<TeamsAnswer.Ok>();
        return Teams.MessagesIn(where)[^1];
    }

    public Task<TeamsMessage> ShowAnnaAsync(string actionId, string payload) =>
        ShowAsync(Teams.World.OpenChat(Anna), new Block.Text("Well?"), new Block.Buttons(new Button(actionId, payload, "Press")));

    /// <summary>The shipped campaign has begun: Anna has her welcome. Its id is the answer.</summary>
    public async Task<string> WelcomeAsync()
    {
        await Product.Campaigns.ApplyAsync(1, Shipped.Campaign with { HoldoutPercent = 0 }, Cancellation);
        var engine = new DirectEngine(Product);
        await engine.StartAsync(RecurringJobs.All, Cancellation);
        await engine.RunUntilAsync(Start + Duration.FromDays(1), Cancellation);
        var (enrollment, step) = (await QueryAsync<(long, int)>(
            "select n.enrollment_id, n.step_id from nudges n join persons p on p.id = n.person_id where n.outcome = 'sent' and p.email = 'anna@acme.com'")).ShouldHaveSingleItem();
        return new NudgeId(enrollment, step).ToString();
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        await using var connection = await Database.Source.OpenConnectionAsync(Cancellation);
        return (await connection.QueryAsync<T>(sql)).AsList();
    }

    async Task FoundAsync()
    {
        await using var connection = await Database.Source.OpenConnectionAsync(Cancellation);
        await connection.ExecuteAsync("insert into organizations (name, created_at) values ('Acme', @Start)", new { Start });
    }

    async Task HireAsync()
    {
        using var roster = new TextFile("email,name,role,time_zone,country\nanna@acme.com,Anna,developer,Europe/London,\nbob@acme.com,Bob,developer,,\n");
        await Product.RosterImport.RunAsync(1, roster.Path, new RosterOptions(), stop: Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (http, app) in _replicas)
        {
            await http.DisposeAsync();
            app.Dispose();
        }
        await Teams.DisposeAsync();
        await Database.DisposeAsync();
        _http.Dispose();
    }

    /// <summary>Of all parts of the program.</summary>
    sealed class ListedLog(ListedLines lines) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new ListedLog<TeamsCompany>(lines);

        public void Dispose() { }
    }
}
