using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Identity.Client;
using NudgeBot.FakeTeams;
using NudgeBot.FakeTeams.Faults;
using NudgeBot.FakeTeams.Identity;
using NudgeBot.Teams.Inbound;

namespace NudgeBot.Teams.Tests.Fake;

public class FakeIdentityTests
{
    [Fact]
    public async Task What_Teams_delivers_is_let_in_also_after_its_keys_have_changed()
    {
        await using var teams = await TeamsForTests.StartAsync();
        var settings = new TeamsSettings { AppId = teams.Server.Bot.AppId, TenantId = teams.Server.Bot.TenantId, OpenIdMetadata = teams.Server.BotFramework.OpenIdMetadata };
        using var http = PublishedKeys.Client();
        var log = new ListedLines();
        var keys = new SigningKeys(new PublishedKeys(http, settings.OpenIdMetadata, WireClock.System), WireClock.System, new ListedLog<SigningKeys>(log));
        var admission = new Admission(
            settings, new BotFrameworkTokens(settings.AppId, keys, WireClock.System), new HostingEnvironment { EnvironmentName = Environments.Development }, new ListedLog<Admission>(log));
        List<AdmissionVerdict> verdicts = [];
        teams.Bot.Answer = async (activity, context) => verdicts.Add(await admission.CheckAsync(context.Request, ActivityOrigin.Of(activity), context.RequestAborted));

        await teams.Server.Acting.SayAsync(teams.Ada, "guide");
        await teams.Server.Acting.MentionAsync(teams.Bob, teams.Team.Channels[0], "guide");
        teams.Server.BotFramework.RotateKeys();
        await teams.Server.Acting.UninstallAsync(teams.Ada);

        verdicts.Select(verdict => (verdict as AdmissionVerdict.Accepted)?.ServiceUrl).ShouldBe([teams.Server.ServiceUrl, teams.Server.ServiceUrl, teams.Server.ServiceUrl]);
        teams.Server.BotFramework.Readings.ShouldBe(2);
        log.Lines.ShouldBeEmpty();
    }

    static ConfidentialClientApplicationBuilder Client(FakeTeamsServer server, HttpClient trusting) => ConfidentialClientApplicationBuilder
        .Create(server.Bot.AppId)
        .WithAuthority(new Uri(server.LoginAuthority, server.Bot.TenantId).ToString(), validateAuthority: false)
        .WithInstanceDiscovery(false)
        .WithHttpClientFactory(new Factory(trusting));

    /// <summary>Trusts what the fake shows, and nobody else.</summary>
    static HttpClient Trusting(FakeTeamsServer server) => new(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == server.Certificate.GetCertHashString() },
    });

    [Fact]
    public async Task Microsofts_own_client_gets_a_token_for_a_secret_and_keeps_it()
    {
        await using var server = await FakeTeamsServer.StartAsync();
        using var http = Trusting(server);
        var client = Client(server, http).WithClientSecret(server.Bot.Secret).Build();
        for (var i = 0; i < 3; i++)
        {
            var got = await client.AcquireTokenForClient([Login.BotFrameworkScope]).ExecuteAsync(TestContext.Current.CancellationToken);
            got.AccessToken.ShouldNotBeEmpty();
            got.ExpiresOn.ShouldBeInRange(DateTimeOffset.UnixEpoch + server.Time.Now.Minus(NodaTime.NodaConstants.UnixEpoch).ToTimeSpan(), DateTimeOffset.MaxValue);
        }
        server.Login.Given.ShouldBe(1);
        server.Calls[Operation.Token].Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Microsofts_own_client_gets_a_token_for_a_certificate()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=bot", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2120, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var server = await FakeTeamsServer.StartAsync(new() { Bot = new FakeBot { Certificate = certificate } });
        using var http = Trusting(server);
        (await Client(server, http).WithCertificate(certificate).Build().AcquireTokenForClient([Login.BotFrameworkScope]).ExecuteAsync(TestContext.Current.CancellationToken)).AccessToken.ShouldNotBeEmpty();

        using var otherKey = RSA.Create(2048);
        using var other = new CertificateRequest("CN=bot", otherKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2120, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var refused = await Should.ThrowAsync<MsalServiceException>(() => Client(server, http).WithCertificate(other).Build().AcquireTokenForClient([Login.BotFrameworkScope]).ExecuteAsync());
        refused.ErrorCode.ShouldBe("invalid_client");
        server.Login.Given.ShouldBe(1);
    }

    [Fact]
    public async Task Microsofts_own_client_reports_a_wrong_secret()
    {
        await using var server = await FakeTeamsServer.StartAsync();
        using var http = Trusting(server);
        var refused = await Should.ThrowAsync<MsalServiceException>(() => Client(server, http).WithClientSecret("guessed").Build().AcquireTokenForClient([Login.BotFrameworkScope]).ExecuteAsync());
        refused.ErrorCode.ShouldBe("invalid_client");
        refused.StatusCode.ShouldBe(401);
    }

    [Theory]
    [InlineData("client_id", "another", 400, "unauthorized_client")]
    [InlineData("client_secret", "guessed", 401, "invalid_client")]
    [InlineData("grant_type", "password", 400, "unsupported_grant_type")]
    [InlineData("scope", "https://api.botframework.com", 400, "invalid_scope")]
    [InlineData("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", 401, "invalid_client")]
    public async Task A_wrong_field_gets_no_token(string field, string value, int status, string error)
    {
        await using var server = await FakeTeamsServer.StartAsync();
        var fields = new Dictionary<string, string>
        {
            ["client_id"] = server.Bot.AppId,
            ["client_secret"] = server.Bot.Secret,
            ["grant_type"] = "client_credentials",
            ["scope"] = Login.BotFrameworkScope,
        };
        using var http = new HttpClient();
        using (var good = await PostAsync(server.Bot.TenantId)) good.StatusCode.ShouldBe(HttpStatusCode.OK);
        using (var elsewhere = await PostAsync("another-tenant")) elsewhere.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        fields[field] = value;
        using var answer = await PostAsync(server.Bot.TenantId);
        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error").GetString().ShouldBe(error);
        server.Login.Given.ShouldBe(1);

        async Task<HttpResponseMessage> PostAsync(string tenant)
        {
            using var content = new FormUrlEncodedContent(fields);
            return await http.PostAsync(new Uri(server.Address, $"{tenant}/oauth2/v2.0/token"), content);
        }
    }

    [Fact]
    public async Task A_token_ends_is_revoked_and_is_for_one_purpose()
    {
        var time = new ManualTime();
        await using var teams = await TeamsForTests.StartAsync(new() { Time = time });
        var chat = await teams.ChatAsync(teams.Ada);
        time.Move(TimeSpan.FromSeconds(3598));
        (await PostAsync()).ShouldStartWith("201 ");
        time.Move(TimeSpan.FromSeconds(1));
        (await PostAsync()).ShouldBe("401 Unauthorized");
        teams.Token = teams.Server.Login.NewToken();
        (await PostAsync()).ShouldStartWith("201 ");
        teams.Server.Login.RevokeAll();
        (await PostAsync()).ShouldBe("401 Unauthorized");
        foreach (var token in (string?[])[null, "", "invented", teams.Server.Login.NewToken(Login.GraphScope), teams.Server.BotFramework.Token(teams.Server.ServiceUrl.ToString())])
        {
            teams.Token = token;
            (await PostAsync()).ShouldBe("401 Unauthorized");
        }

        Task<string> PostAsync() => teams.CallAsync(HttpMethod.Post, $"conversations/{chat}/activities", TeamsForTests.Message("x"));
    }

    [Fact]
    public async Task Instances_and_tenants_are_described_for_clients_that_ask()
    {
        await using var server = await FakeTeamsServer.StartAsync();
        using var http = Trusting(server);
        var instance = await http.GetFromJsonAsync<JsonElement>(new Uri(server.LoginAuthority, "common/discovery/instance?api-version=1.1"), TestContext.Current.CancellationToken);
        var tenant = await http.GetFromJsonAsync<JsonElement>(new Uri(instance.GetProperty("tenant_discovery_endpoint").GetString()!), TestContext.Current.CancellationToken);
        tenant.GetProperty("token_endpoint").GetString().ShouldBe($"{server.LoginAuthority}{server.Bot.TenantId}/oauth2/v2.0/token");
    }

    sealed class Factory(HttpClient http) : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => http;
    }
}
