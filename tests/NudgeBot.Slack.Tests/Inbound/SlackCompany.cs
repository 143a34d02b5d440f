using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using NudgeBot.Chat;
using NudgeBot.Database;
using NudgeBot.Jobs;
using NudgeBot.People;
using NudgeBot.Slack.Inbound;
using NudgeBot.Slack.Installing;
using NudgeBot.Slack.People;
using NudgeBot.Slack.WebApi;
using NudgeBot.Tests;
using NudgeBot.Tests.Database;

namespace NudgeBot.Slack.Tests.Inbound;

/// <summary>
/// A company in Slack: its database, a replica of the service that Slack can call over HTTP, and a Slack that the replica calls. Anna (U1) has an account,
/// Bob (U2) is on the roster, and nobody knows U3.
/// </summary>
sealed class SlackCompany : IAsyncDisposable
{
    public const string Secret = "signing secret";

    static readonly Instant Start = Instant.FromUtc(2027, 1, 10, 22, 0);

    readonly HttpClient http = new();
    readonly List<WebApplication> replicas = [];

    SlackCompany(TestDatabase database, ScriptedSlack slack)
    {
        Database = database;
        Slack = slack;
    }

    public TestDatabase Database { get; }
    public ScriptedSlack Slack { get; }
    public NudgingProduct Product { get; private set; } = null!;
    public SlackSettings Settings { get; init; } = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<SlackCompany> CreateAsync(string? appToken = null)
    {
        var slack = await ScriptedSlack.StartAsync();
        var settings = new SlackSettings { ApiUrl = slack.ApiUrl, SigningSecrets = [Secret], AppToken = appToken };
        var company = new SlackCompany(await TestDatabase.CreateAsync(), slack) { Settings = settings };
        company.Product = company.NewProduct();
        await company.FoundAsync();
        return company;
    }

    /// <summary>With a replica that Slack can call.</summary>
    public static async Task<SlackCompany> WithReplicaAsync()
    {
        var company = await CreateAsync();
        await company.StartReplicaAsync();
        return company;
    }

    /// <returns>Where Slack reaches it.</returns>
    public async Task<Uri> StartReplicaAsync(NudgingProduct? product = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var clock = (product ?? Product).Clock;
        var api = new SlackApi(http, Settings, new SlackTokens(Database.Source, clock, Box, null, NullLogger<SlackTokens>.Instance, WireClock.System));
        var installations = new SlackInstallations(Database.Source, Box, clock);
        var calls = new SlackCalls(api, Settings, installations, Database.Source, clock, NullLogger<SlackCalls>.Instance);
        builder.Services.AddSingleton(product ?? Product);
        builder.Services.AddSingleton(Settings);
        builder.Services.AddSingleton(api);
        builder.Services.AddSingleton(calls);
        builder.Services.AddSingleton(installations);
        builder.Services.AddSingleton(new SlackPeople(calls, Database.Source, clock));
        builder.Services.AddSlackInbound();
        var app = builder.Build();
        app.MapSlack();
        await app.StartAsync(Cancellation);
        replicas.Add(app);
        return Url(replicas.Count - 1);
    }

    public T Service<T>(int replica = 0) where T : notnull => replicas[replica].Services.GetRequiredService<T>();

    public NudgingProduct NewProduct() => new(Database.Source, ProductClock.StandingAt(Start), Shipped.Content, [new TakingSlack()]);

    public Uri Url(int replica = 0) => new(replicas[replica].Urls.Single());

    /// <summary>Slack calls.</summary>
    public async Task<(HttpStatusCode Status, string Body, HttpResponseMessage Response)> PostAsync(
        string path, string body, string? secret = null, long? timestamp = null, int replica = 0, string contentType = "application/x-www-form-urlencoded")
    {
        var at = (timestamp ?? WireClock.System.GetUtcNow().ToUnixTimeSeconds()).ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Url(replica), path)) { Content = new StringContent(body, Encoding.UTF8, contentType) };
        request.Headers.Add(SlackSignature.TimestampHeader, at);
        request.Headers.Add(SlackSignature.Header, SlackSignature.Of(secret ?? Secret, at, Encoding.UTF8.GetBytes(body)));
        var response = await http.SendAsync(request, Cancellation);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation), response);
    }

    /// <summary>Acknowledged, with nothing said.</summary>
    public async Task EventAsync(JsonObject inner, string id = "Ev1", int replica = 0)
    {
        var (status, body, _) = await PostAsync("/slack/events", Envelope(inner, id).ToJsonString(), replica: replica, contentType: "application/json");
        status.ShouldBe(HttpStatusCode.OK);
        body.ShouldBeEmpty();
    }

    public static JsonObject Envelope(JsonObject inner, string id, string team = "T1") =>
        new() { ["type"] = "event_callback", ["team_id"] = team, ["event_id"] = id, ["event"] = inner };

    public static JsonObject Words(string text, string user = "U1", string? thread = null) => new()
    {
        ["type"] = "message",
        ["channel_type"] = "im",
        ["channel"] = "D1",
        ["user"] = user,
        ["text"] = text,
        ["ts"] = "1800000000.000100",
        ["thread_ts"] = thread,
    };

    public async Task<string> CommandAsync(string command, string text, string user = "U1", string trigger = "trigger-1")
    {
        var (status, body, _) = await PostAsync("/slack/commands", Form(
            ("team_id", "T1"), ("user_id", user), ("channel_id", "C1"), ("command", command), ("text", text), ("trigger_id", trigger), ("response_url", Slack.ResponseUrl)));
        status.ShouldBe(HttpStatusCode.OK);
        return body;
    }

    public async Task<string> InteractAsync(JsonObject payload, string path = "/slack/interactivity", int replica = 0)
    {
        payload["team"] ??= new JsonObject { ["id"] = "T1" };
        payload["user"] ??= new JsonObject { ["id"] = "U1" };
        var (status, body, _) = await PostAsync(path, Form(("payload", payload.ToJsonString())), replica: replica);
        status.ShouldBe(HttpStatusCode.OK);
        return body;
    }

    public static JsonObject Press(string actionId, string payload, string? chosen = null, bool ephemeral = false, string? responseUrl = null, string trigger = "trigger-1") => new()
    {
        ["type"] = "block_actions",
        ["trigger_id"] = trigger,
        ["response_url"] = responseUrl,
        ["container"] = new JsonObject { ["channel_id"] = "D1", ["message_ts"] = "1800000000.000100", ["is_ephemeral"] = ephemeral },
        ["actions"] = new JsonArray(new JsonObject
        {
            ["action_id"] = $"{actionId}#0",
            ["action_ts"] = "1800000001.1",
            ["value"] = chosen is null ? payload : null,
            ["block_id"] = chosen is null ? "b" : $"0:{payload}",
            ["selected_option"] = chosen is null ? null : new JsonObject { ["value"] = chosen },
        }),
    };

    /// <summary>Somebody fills in the form that the replica has opened.</summary>
    public static JsonObject Submit(JsonElement opened, params (string Field, string Value)[] values) => new()
    {
        ["type"] = "view_submission",
        ["trigger_id"] = "trigger-2",
        ["view"] = new JsonObject
        {
            ["id"] = "V1",
            ["callback_id"] = opened.Text("view", "callback_id"),
            ["private_metadata"] = opened.Text("view", "private_metadata"),
            ["state"] = new JsonObject
            {
                ["values"] = new JsonObject(values.Select(value => KeyValuePair.Create(value.Field, (JsonNode?)new JsonObject
                {
                    [value.Field] = new JsonObject { ["type"] = "plain_text_input", ["value"] = value.Value },
                }))),
            },
        },
    };

    public static string Form(params (string Name, string Value)[] fields) =>
        string.Join('&', fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));

    /// <summary>The shipped campaign has begun: Anna has her welcome. Its id is the answer.</summary>
    public async Task<string> WelcomeAsync()
    {
        await Product.Campaigns.ApplyAsync(1, Shipped.Campaign with { HoldoutPercent = 0 }, Cancellation);
        var engine = new DirectEngine(Product);
        await engine.StartAsync(RecurringJobs.All, Cancellation);
        await engine.RunUntilAsync(Start + Duration.FromDays(1), Cancellation);
        var (enrollment, step) = (await QueryAsync<(long, int)>("select n.enrollment_id, n.step_id from nudges n join accounts a on a.person_id = n.person_id where n.outcome = 'sent' and a.external_id = 'U1'")).ShouldHaveSingleItem();
        return new Nudging.NudgeId(enrollment, step).ToString();
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        await using var connection = await Database.Source.OpenConnectionAsync(Cancellation);
        return (await connection.QueryAsync<T>(sql)).AsList();
    }

    async Task FoundAsync()
    {
        await using var connection = await Database.Source.OpenConnectionAsync(Cancellation);
        await connection.ExecuteAsync("""
            insert into organizations (name, created_at) values ('Acme', @Start);
            insert into workspaces (organization_id, platform, external_id, name) values (1, 'slack', 'T1', 'Acme');
            insert into slack_installations (organization_id, workspace_id, app_id, bot_user_id, scopes, bot_token, installed_at)
            values (1, 1, 'A1', 'UBOT', '', @token, @Start);
            """, new { Start, token = Box.Seal("xoxb-1", SlackTokens.ContextOf(new Workspace(1, 1))) });
        var roster = Path.GetTempFileName();
        await File.WriteAllTextAsync(roster, "email,name,role,time_zone,country\nanna@acme.com,Anna,developer,Europe/Berlin,\nbob@acme.com,Bob,developer,Europe/Berlin,\n", Cancellation);
        await Product.RosterImport.RunAsync(1, roster, new RosterOptions(), stop: Cancellation);
        File.Delete(roster);
        await connection.ExecuteAsync("""
            with anna as (
              insert into accounts (organization_id, workspace_id, person_id, external_id) select 1, 1, id, 'U1' from persons where email = 'anna@acme.com'
              returning id, person_id)
            update persons p set workspace_id = 1, account_id = anna.id from anna where p.id = anna.person_id
            """);
    }

    static readonly SecretBox Box = new(SecretBox.NewKey());

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in replicas) await replica.DisposeAsync();
        await Slack.DisposeAsync();
        await Database.DisposeAsync();
        http.Dispose();
    }

    /// <summary>Where unasked messages go: what is answered goes another way.</summary>
    sealed class TakingSlack : IChatPlatform
    {
        public string Name => "slack";

        public Task<SendResult> SendAsync(Outgoing outgoing, CancellationToken cancellation) => Task.FromResult<SendResult>(new SendResult.Taken("1800000000.000100"));
    }
}
