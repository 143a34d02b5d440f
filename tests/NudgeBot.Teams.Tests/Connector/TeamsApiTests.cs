using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using NudgeBot.FakeTeams;
using NudgeBot.FakeTeams.Faults;
using NudgeBot.FakeTeams.World;
using NudgeBot.Teams.Connector;
using NudgeBot.Teams.Inbound;

namespace NudgeBot.Teams.Tests.Connector;

/// <summary>What comes back of a call, whatever the other side does.</summary>
public sealed class TeamsApiTests : IAsyncLifetime
{
    readonly ListedLines log = new();
    FakeTeamsServer server = null!;
    HttpClient http = null!;
    LoginHttp login = null!;
    TeamsApi api = null!;
    Person ada = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await FakeTeamsServer.StartAsync(new() { Limits = new() { Enforced = false } });
        server.Bot.MessagesUrl = new Uri("http://127.0.0.1:9/");
        ada = server.World.AddPerson("Ada Lovelace");
        await server.Acting.InstallAsync(ada);
        http = TeamsHttp.Client(TimeSpan.FromMilliseconds(700));
        login = TrustingLogin.Of(server);
        api = Api(server.Bot.Secret);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        login.GetHttpClient().Dispose();
        await server.DisposeAsync();
    }

    TeamsApi Api(string? secret, bool withThisMachine = true) => new(http, new BotTokens(new TeamsSettings
    {
        AppId = server.Bot.AppId,
        TenantId = server.Bot.TenantId,
        Credential = secret is null ? null : new TeamsCredential.Secret(secret),
        LoginAuthority = server.LoginAuthority,
    }, login, new ListedLog<BotTokens>(log)), new ServiceUrls([], withThisMachine));

    Task<TeamsAnswer> Send(TeamsApi? by = null, string text = "Grüße & <b>", Uri? to = null) => (by ?? api).CallAsync(
        HttpMethod.Post, to ?? server.ServiceUrl, $"conversations/{Uri.EscapeDataString(server.World.OpenChat(ada).Id)}/activities", new JsonObject { ["type"] = "message", ["text"] = text }, Cancellation);

    [Fact]
    public async Task A_message_arrives_with_its_letters_and_its_id_comes_back()
    {
        var sent = (await Send()).ShouldBeOfType<TeamsAnswer.Ok>();
        var message = server.MessagesWith(ada).ShouldHaveSingleItem();
        message.Text.ShouldBe("Grüße & <b>");
        sent.Body.GetProperty("id").GetString().ShouldBe(message.Id);
    }

    public static TheoryData<Fault, string, int> Faults => new()
    {
        { new Fault.Fails(500), "no answer status 500", 0 },
        { new Fault.Fails(502), "no answer status 502", 0 },
        { new Fault.Fails(502, After: true), "no answer status 502", 1 },
        { new Fault.Fails(503), "no answer status 503", 0 },
        { new Fault.Fails(504, After: true), "no answer status 504", 1 },
        { new Fault.TimesOut(), "no answer TaskCanceledException", 0 },
        { new Fault.TimesOut(After: true), "no answer TaskCanceledException", 1 },
        { new Fault.CutsOff(), "no answer", 0 },
        { new Fault.CutsOff(After: true), "no answer", 1 },
        { new Fault.BreaksJson(), "no answer JsonReaderException", 1 },
        { new Fault.TooMany(7), "wait 7", 0 },
        { new Fault.TooMany(0), "wait 1", 0 },
        { new Fault.TooMany(99_999), "wait 3600", 0 },
        { Fault.PreconditionFailed, "wait 2", 0 },
        { Fault.WritesBlocked, "refused 403 MessageWritesBlocked", 0 },
        { Fault.NotFound, "refused 404 ConversationNotFound", 0 },
        { new Fault.Refuses(413, "MessageSizeTooBig", "Message size too large."), "refused 413 MessageSizeTooBig", 0 },
        { new Fault.Refuses(400, "BadArgument", "No."), "refused 400 BadArgument", 0 },
        { new Fault.Refuses(408, "RequestTimeout", "Too late."), "no answer status 408", 0 },
        { new Fault.Refuses(403, "Somebody's words", "No."), "refused 403", 0 },
    };

    /// <summary>On a connection that was used before, too: one that breaks is no reason to say it again.</summary>
    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Whatever_goes_wrong_is_an_answer_and_nothing_is_said_twice(Fault fault, string expected, int effects)
    {
        await Send(text: "before");
        server.Faults.Next(Operation.Send, fault);

        var answer = await Send(text: "once");

        answer.Match(
            ok => "ok",
            refused => $"refused {refused.Status} {refused.Code}".Trim(),
            throttled => $"wait {throttled.For.TotalSeconds}",
            noAnswer => $"{(noAnswer.NeverLeft ? "never left" : "no answer")} {noAnswer.Why}").ShouldStartWith(expected);
        server.MessagesWith(ada).Count(message => message.Text == "once").ShouldBe(effects);
    }

    [Fact]
    public async Task Too_much_is_refused() =>
        (await Send(text: new string('x', 200_000))).ShouldBe(new TeamsAnswer.Refused(413, "MessageSizeTooBig"));

    [Fact]
    public async Task Where_nobody_listens_nothing_was_written() =>
        (await Send(to: new Uri("http://127.0.0.1:9/emea"))).ShouldBe(new TeamsAnswer.NoAnswer("ConnectionError", NeverLeft: true));

    [Fact]
    public async Task A_token_that_was_revoked_is_replaced_and_what_was_not_done_is_done()
    {
        await Send();
        server.Login.RevokeAll();
        (await Send()).ShouldBeOfType<TeamsAnswer.Ok>();
        server.Login.Given.ShouldBe(2);
        server.MessagesWith(ada).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_bot_that_is_not_taken_with_a_fresh_token_either_is_refused()
    {
        server.Faults.Next(Operation.Send, new Fault.Refuses(401, "BotNotRegistered", "No registration found for this bot."), times: 3);
        (await Send()).ShouldBe(new TeamsAnswer.Refused(401, "BotNotRegistered"));
        server.Login.Given.ShouldBe(2);
        (await Send()).ShouldBeOfType<TeamsAnswer.Ok>();
        server.Login.Given.ShouldBe(3, "the third refusal was the last");
    }

    [Fact]
    public async Task Without_a_token_nothing_is_asked_of_Teams()
    {
        (await Send(Api("guessed"))).ShouldBe(new TeamsAnswer.Refused(401, "invalid_client"));
        server.Calls.ContainsKey(Operation.Send).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_a_credential_it_calls_without_a_token() => (await Send(Api(secret: null))).ShouldBe(new TeamsAnswer.Refused(401, "Unauthorized"));

    [Theory]
    [InlineData("https://evil.example/emea/")]
    [InlineData("https://smba.trafficmanager.net.evil.example/emea/")]
    [InlineData("http://smba.trafficmanager.net/emea/")]
    [InlineData("https://smba.trafficmanager.net@evil.example/emea/")]
    public async Task A_token_goes_to_Teams_and_nowhere_else(string serviceUrl)
    {
        (await Send(to: new Uri(serviceUrl))).ShouldBe(new TeamsAnswer.Refused(403, "ForeignServiceUrl"));
        server.Login.Given.ShouldBe(0);
    }

    [Fact]
    public async Task This_machine_is_not_Teams_outside_of_development() =>
        (await Send(Api(server.Bot.Secret, withThisMachine: false))).ShouldBe(new TeamsAnswer.Refused(403, "ForeignServiceUrl"));

    [Fact]
    public async Task Whoever_cancels_gets_no_answer()
    {
        server.Faults.Next(Operation.Send, new Fault.TimesOut());
        using var stop = new CancellationTokenSource();
        var sending = api.CallAsync(HttpMethod.Post, server.ServiceUrl, "conversations/x/activities", new JsonObject(), stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => sending);
    }

    [Theory]
    [InlineData("""{"error":{"code":"ConversationNotFound","message":"words"}}""", "ConversationNotFound")]
    [InlineData("""{"error":{"code":"Forbidden","message":"{ \"subCode\": \"MessageWritesBlocked\" }"}}""", "MessageWritesBlocked")]
    [InlineData("""{"error":{"code":"Forbidden","subCode":"MessageWritesBlocked"}}""", "MessageWritesBlocked")]
    [InlineData("""{"errorCode":209,"message":"{\r\n  \"subCode\": \"MessageWritesBlocked\",\r\n  \"details\": \"words\"\r\n}"}""", "MessageWritesBlocked")]
    [InlineData("""{"error":"BotNotInConversationRoster"}""", "BotNotInConversationRoster")]
    [InlineData("""{"message":"Authorization has been denied for this request."}""", "")]
    [InlineData("""{"message":"{ broken"}""", "")]
    [InlineData("""{"error":{"code":"words and\nmore"}}""", "")]
    [InlineData("""{"error":{"code":"\ud800"}}""", "")]
    [InlineData("""{"error":{"code":7}}""", "")]
    [InlineData("""{"error":[]}""", "")]
    [InlineData("[]", "")]
    [InlineData("<html>", "")]
    [InlineData("", "")]
    public void The_word_is_found_wherever_it_stands_and_is_nothing_but_a_word(string body, string word) => ErrorWord.Of(Encoding.UTF8.GetBytes(body)).ShouldBe(word);
}
