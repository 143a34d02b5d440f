using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NudgeBot.FakeTeams;
using NudgeBot.FakeTeams.Faults;
using NudgeBot.Teams.Connector;

namespace NudgeBot.Teams.Tests.Connector;

public sealed class BotTokensTests : IAsyncDisposable
{
    readonly ListedLines log = new();
    readonly List<IDisposable> used = [];
    readonly List<string> files = [];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    BotTokens Tokens(FakeTeamsServer server, TeamsCredential? credential, Uri? login = null)
    {
        var http = TrustingLogin.Of(server);
        used.Add(http.GetHttpClient());
        var settings = new TeamsSettings { AppId = server.Bot.AppId, TenantId = server.Bot.TenantId, Credential = credential, LoginAuthority = login ?? server.LoginAuthority };
        return new BotTokens(settings, http, new ListedLog<BotTokens>(log));
    }

    static TeamsCredential SecretOf(FakeTeamsServer server) => new TeamsCredential.Secret(server.Bot.Secret);

    string FileWith(Action<string> write)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        files.Add(path);
        write(path);
        return path;
    }

    X509Certificate2 NewCertificate(RSA key)
    {
        var made = new CertificateRequest("CN=bot", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2120, 1, 1, 0, 0, 0, TimeSpan.Zero));
        used.Add(made);
        return made;
    }

    [Fact]
    public async Task Whoever_asks_at_the_same_time_or_later_gets_the_one_token_that_was_asked_for()
    {
        await using var server = await FakeTeamsServer.StartAsync();
        var tokens = Tokens(server, SecretOf(server));
        var got = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => tokens.GetAsync(refused: null, Cancellation)));
        got.Append(await tokens.GetAsync(refused: null, Cancellation)).Select(token => token.Value).Distinct().ShouldHaveSingleItem().ShouldNotBeNull();
        server.Login.Given.ShouldBe(1);
    }

    [Fact]
    public async Task A_token_that_Teams_refused_is_renewed_once_for_everybody_who_had_it()
    {
        await using var server = await FakeTeamsServer.StartAsync();
        var tokens = Tokens(server, SecretOf(server));
        var first = (await tokens.GetAsync(refused: null, Cancellation)).Value;
        var got = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => tokens.GetAsync(i % 5 == 0 ? null : first, Cancellation)));
        got.Where((_, i) => i % 5 != 0).Select(token => token.Value).Distinct().ShouldHaveSingleItem().ShouldNotBe(first);
        server.Login.Given.ShouldBe(2);
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_and_the_log_says_why_without_it()
    {
        await using var server = await FakeTeamsServer.StartAsync();
        var tokens = Tokens(server, new TeamsCredential.Secret("guessed-secret"));
        (await tokens.GetAsync(refused: null, Cancellation)).Failed.ShouldBe(new TeamsAnswer.Refused(401, "invalid_client"));
        tokens.Refusal.ShouldBe("invalid_client, AADSTS7000215");
        log.Lines.ShouldHaveSingleItem().ShouldContain("invalid_client, AADSTS7000215");
        log.All.ShouldNotContain("guessed-secret");
    }

    [Fact]
    public async Task A_certificate_proves_as_well_from_either_kind_of_file()
    {
        using var key = RSA.Create(2048);
        var certificate = NewCertificate(key);
        await using var server = await FakeTeamsServer.StartAsync(new() { Bot = new FakeBot { Certificate = certificate } });
        var pem = FileWith(path => File.WriteAllText(path, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}"));
        var pkcs = FileWith(path => File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12)));

        foreach (var file in (string[])[pem, pkcs])
            (await Tokens(server, new TeamsCredential.Certificate(file)).GetAsync(refused: null, Cancellation)).Value.ShouldNotBeNull();

        using var otherKey = RSA.Create(2048);
        var other = FileWith(path => File.WriteAllText(path, $"{NewCertificate(otherKey).ExportCertificatePem()}\n{otherKey.ExportPkcs8PrivateKeyPem()}"));
        (await Tokens(server, new TeamsCredential.Certificate(other)).GetAsync(refused: null, Cancellation)).Failed.ShouldBe(new TeamsAnswer.Refused(401, "invalid_client"));
    }

    [Fact]
    public async Task A_file_that_is_no_certificate_is_named_by_its_setting()
    {
        using var key = RSA.Create(2048);
        using var curve = ECDsa.Create();
        await using var server = await FakeTeamsServer.StartAsync();
        var alone = FileWith(path => File.WriteAllText(path, NewCertificate(key).ExportCertificatePem()));
        var words = FileWith(path => File.WriteAllText(path, "words"));
        using var curved = new CertificateRequest("CN=bot", curve, HashAlgorithmName.SHA256)
            .CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2120, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var otherKind = FileWith(path => File.WriteAllText(path, $"{curved.ExportCertificatePem()}\n{curve.ExportPkcs8PrivateKeyPem()}"));

        foreach (var (file, said) in new[] { (alone, "private key"), (words, "PKCS #12"), (otherKind, "RSA"), ("/nowhere/at/all", "cannot be read") })
        {
            var refused = Should.Throw<SettingException>(() => Tokens(server, new TeamsCredential.Certificate(file))).Message;
            refused.ShouldStartWith("TEAMS_CERTIFICATE");
            refused.ShouldContain(said);
            refused.ShouldNotContain(file);
        }
    }

    [Fact]
    public async Task A_login_that_cannot_be_reached_is_no_refusal_and_is_asked_again()
    {
        await using var server = await FakeTeamsServer.StartAsync();
        var tokens = Tokens(server, SecretOf(server));
        server.Faults.Sometimes(Operation.Token, new Fault.CutsOff(), probability: 1);
        (await tokens.GetAsync(refused: null, Cancellation)).Failed.ShouldBeOfType<TeamsAnswer.NoAnswer>().NeverLeft.ShouldBeTrue();
        server.Faults.Sometimes(Operation.Token, new Fault.Fails(503), probability: 1);
        (await tokens.GetAsync(refused: null, Cancellation)).Failed.ShouldBeOfType<TeamsAnswer.NoAnswer>().NeverLeft.ShouldBeTrue();
        tokens.Refusal.ShouldBeNull();
        server.Faults.Sometimes(Operation.Token, new Fault.CutsOff(), probability: 0);
        (await Tokens(server, SecretOf(server)).GetAsync(refused: null, Cancellation)).Value.ShouldNotBeNull();

        (await Tokens(server, SecretOf(server), new Uri("https://127.0.0.1:9/")).GetAsync(refused: null, Cancellation)).Failed.ShouldBeOfType<TeamsAnswer.NoAnswer>().NeverLeft.ShouldBeTrue();
    }

    [Fact]
    public async Task A_login_that_nobody_vouches_for_gets_no_secret()
    {
        await using var server = await FakeTeamsServer.StartAsync();
        using var http = TeamsHttp.Client();
        var settings = new TeamsSettings { AppId = server.Bot.AppId, TenantId = server.Bot.TenantId, Credential = SecretOf(server), LoginAuthority = server.LoginAuthority };
        (await new BotTokens(settings, new LoginHttp(http), new ListedLog<BotTokens>(log)).GetAsync(refused: null, Cancellation)).Failed.ShouldBeOfType<TeamsAnswer.NoAnswer>();
        server.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("11111111-2222-3333-4444-555555555555")]
    public async Task A_managed_identity_is_asked_of_the_machine(string? clientId)
    {
        List<string> asked = [];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var machine = builder.Build();
        machine.MapGet("/metadata/identity/oauth2/token", (HttpContext http) =>
        {
            asked.Add($"{http.Request.Headers["Metadata"]} {http.Request.Query["resource"]} {http.Request.Query["client_id"]}".Trim());
            var ends = WireClock.System.GetUtcNow().AddHours(8).ToUnixTimeSeconds();
            return Results.Json(new { access_token = "machine", expires_on = $"{ends}", expires_in = "28800", resource = "https://api.botframework.com", token_type = "Bearer" });
        });
        await machine.StartAsync(Cancellation);
        using var http = new HttpClient(new SocketsHttpHandler
        {
            // Where every machine in Azure asks, whatever the address is called here.
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, new Uri(machine.Urls.Single()).Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        var settings = new TeamsSettings { AppId = Guid.NewGuid().ToString(), TenantId = Guid.NewGuid().ToString(), Credential = new TeamsCredential.ManagedIdentity(clientId) };
        (await new BotTokens(settings, new LoginHttp(http), new ListedLog<BotTokens>(log)).GetAsync(refused: null, Cancellation)).ShouldBe(new BotToken("machine"));
        asked.ShouldBe([$"true https://api.botframework.com {clientId}".Trim()]);
    }

    [Fact]
    public async Task Without_a_credential_there_is_no_token_and_nothing_failed()
    {
        await using var server = await FakeTeamsServer.StartAsync();
        (await Tokens(server, credential: null).GetAsync(refused: null, Cancellation)).ShouldBe(new BotToken(Value: null));
    }

    [Fact]
    public void A_token_is_not_printed() => $"{new BotToken("secret")}".ShouldNotContain("secret");

    public ValueTask DisposeAsync()
    {
        foreach (var one in used) one.Dispose();
        foreach (var file in files) File.Delete(file);
        return ValueTask.CompletedTask;
    }
}
