using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using NudgeBot.Teams.Inbound;

namespace NudgeBot.Teams.Tests.Inbound;

public class AdmissionTests
{
    static JsonObject Activity(Action<JsonObject> change)
    {
        var activity = Gate.Activity();
        change(activity);
        return activity;
    }

    [Fact]
    public async Task A_key_speaks_only_for_the_channels_it_is_endorsed_for()
    {
        await using var gate = await Gate.OpenAsync();
        (await gate.RefusesAsync(gate.Token(), Activity(activity => activity["channelId"] = "webchat"))).ShouldBe("403 key-not-endorsed");
        (await gate.RefusesAsync(gate.Token(), Activity(activity => activity.Remove("channelId")))).ShouldBe("403 key-not-endorsed");
        (await gate.RefusesAsync(gate.Token(), Activity(activity => activity["channelId"] = "MSTEAMS"))).ShouldBe("403 key-not-endorsed");

        var bare = TestKey.Two.Published();
        bare.Remove("endorsements");
        gate.Published.Publish(bare);
        gate.Time.Move(TimeSpan.FromHours(25));
        (await gate.RefusesAsync(gate.Token(key: TestKey.Two))).ShouldBe("403 key-not-endorsed");
    }

    [Theory]
    [InlineData("webchat")]
    [InlineData("directline")]
    [InlineData("emulator")]
    [InlineData("test")]
    public async Task Other_channels_are_refused_even_with_their_own_key(string channel)
    {
        await using var gate = await Gate.OpenAsync();
        gate.Published.Publish(TestKey.One.Published("msteams", channel));
        (await gate.RefusesAsync(gate.Token(), Activity(activity => activity["channelId"] = channel))).ShouldBe("403 other-channel");
    }

    [Fact]
    public async Task The_service_url_is_compared_without_regard_to_case_and_else_letter_by_letter()
    {
        await using var gate = await Gate.OpenAsync();
        (await gate.RefusesAsync(gate.Token(claims => claims["serviceurl"] = "https://SMBA.trafficmanager.net/EMEA/"))).ShouldBeNull();
        foreach (var other in (string?[])["https://smba.trafficmanager.net/emea", "https://smba.trafficmanager.net/amer/", "https://evil.example.com/", "", null])
            (await gate.RefusesAsync(gate.Token(), Activity(activity => activity["serviceUrl"] = other))).ShouldBe("403 other-service-url");
        (await gate.RefusesAsync(gate.Token(), Activity(activity => activity["serviceUrl"] = 5))).ShouldBe("403 other-service-url");
    }

    [Theory]
    [InlineData("https://smba.trafficmanager.net/teams/", true)]
    [InlineData("https://smba.infra.gcc.teams.microsoft.com/gcc/", true)]
    [InlineData("https://SMBA.onyx.prod.teams.microsoft.com/amer/", true)]
    [InlineData("https://smba.trafficmanager.net:443/emea/", true)]
    [InlineData("https://relay.example.org/teams/", true)]
    [InlineData("https://sub.relay.example.org/", false)]
    [InlineData("http://smba.trafficmanager.net/emea/", false)]
    [InlineData("https://smba.trafficmanager.net:8443/emea/", false)]
    [InlineData("https://smba.trafficmanager.net.evil.example/", false)]
    [InlineData("https://smba.trafficmanager.net@evil.example/", false)]
    [InlineData("https://user:word@smba.trafficmanager.net/", false)]
    [InlineData("https://evil.example/?smba.trafficmanager.net/", false)]
    [InlineData("https://smba.trafficmanager.net/emea/?x=", false)]
    [InlineData("https://smba.trafficmanager.net/emea/#x", false)]
    [InlineData("https://evilsmba.trafficmanager.net/", false)]
    [InlineData("https://evil.trafficmanager.net/", false)]
    [InlineData("https://smba.evil.example/.teams.microsoft.com", false)]
    [InlineData("https://smba.teams.microsoft.com.evil.example/", false)]
    [InlineData("https://teams.microsoft.com/", false)]
    [InlineData("https://webchat.botframework.com/", false)]
    [InlineData("https://smbа.trafficmanager.net/", false)]
    [InlineData("https://127.0.0.1/", false)]
    [InlineData("http://localhost:56150/_connector", false)]
    [InlineData("/emea/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("not a url", false)]
    public async Task A_token_of_the_bot_goes_only_to_Teams(string serviceUrl, bool allowed)
    {
        await using var gate = await Gate.OpenAsync(settings => settings with { OtherServiceHosts = ["relay.example.org"] });
        var refusal = await gate.RefusesAsync(gate.Token(claims => claims["serviceurl"] = serviceUrl), Activity(activity => activity["serviceUrl"] = serviceUrl));
        refusal.ShouldBe(allowed ? null : "403 foreign-service-url");
    }

    [Theory]
    [InlineData("Development", "http://localhost:56150/_connector", null)]
    [InlineData("Development", "http://127.0.0.1:5000/", null)]
    [InlineData("Development", "http://[::1]:5000/", null)]
    [InlineData("Development", "http://192.168.1.4/", "403 foreign-service-url")]
    [InlineData("Development", "ftp://localhost/", "403 foreign-service-url")]
    [InlineData("Staging", "http://localhost:56150/_connector", "403 foreign-service-url")]
    public async Task A_service_url_on_this_machine_is_for_development(string environment, string serviceUrl, string? refusal)
    {
        await using var gate = await Gate.OpenAsync(environment: environment);
        (await gate.RefusesAsync(gate.Token(claims => claims["serviceurl"] = serviceUrl), Activity(activity => activity["serviceUrl"] = serviceUrl))).ShouldBe(refusal);
    }

    [Fact]
    public async Task Another_tenant_is_refused_wherever_it_is_named()
    {
        await using var gate = await Gate.OpenAsync();
        const string other = "1c9cf1c5-0d6a-4c6f-9f2a-6b1a3c1d7e42";
        (await gate.RefusesAsync(gate.Token(), Activity(activity => activity["channelData"]!["tenant"]!["id"] = Gate.Tenant.ToUpperInvariant()))).ShouldBeNull();
        (await gate.RefusesAsync(gate.Token(), Activity(activity => activity.Remove("channelData")))).ShouldBeNull();
        (await gate.RefusesAsync(gate.Token(), Activity(activity => activity["conversation"]!.AsObject().Remove("tenantId")))).ShouldBeNull();
        foreach (var activity in (JsonObject[])
        [
            Activity(activity => activity["channelData"]!["tenant"]!["id"] = other),
            Activity(activity => activity["conversation"]!["tenantId"] = other),
            Activity(activity =>
            {
                activity["channelData"]!["tenant"]!["id"] = other;
                activity["conversation"]!["tenantId"] = other;
            }),
            Activity(activity =>
            {
                activity.Remove("channelData");
                activity.Remove("conversation");
            }),
            Activity(activity => activity["channelData"]!["tenant"]!["id"] = ""),
            Activity(activity =>
            {
                activity["channelData"] = "x";
                activity["conversation"] = new JsonArray();
            }),
        ])
            (await gate.RefusesAsync(gate.Token(), activity)).ShouldBe("403 other-tenant", activity.ToJsonString());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"msteams\"")]
    [InlineData("""{"channelId":"\ud800","serviceUrl":{},"channelData":{"tenant":{"id":"\udc00"}},"conversation":null}""")]
    public void What_is_no_activity_comes_from_nowhere(string json)
    {
        using var told = JsonDocument.Parse(json);
        ActivityOrigin.Of(told.RootElement).ShouldBe(new ActivityOrigin(null, null, null));
    }

    static Task<Gate> TrustingAsync() => Gate.OpenAsync(settings => settings with { TrustsEverybody = true }, Environments.Development);

    static void FromHere(HttpContext http)
    {
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        http.Request.Host = new HostString("127.0.0.1", 3978);
    }

    [Fact]
    public async Task In_development_everybody_on_this_machine_can_be_trusted_which_is_said_at_the_start()
    {
        await using var gate = await TrustingAsync();
        gate.Log.Lines.ShouldBe(["Warning: Activities are taken without a token from everything that runs on this machine. This is for development."]);
        (await gate.RefusesAsync(null, request: FromHere)).ShouldBeNull();
        (await gate.RefusesAsync(null, request: http =>
        {
            http.Connection.RemoteIpAddress = IPAddress.IPv6Loopback;
            http.Request.Host = new HostString("[::1]", 3978);
        })).ShouldBeNull();
        (await gate.RefusesAsync(null, Activity(activity => activity["conversation"]!["tenantId"] = "another"), FromHere)).ShouldBe("403 other-tenant");
        (await gate.RefusesAsync(null, Activity(activity => activity["serviceUrl"] = "https://evil.example/"), FromHere)).ShouldBe("403 foreign-service-url");
        // A token that is there is looked at, here too.
        (await gate.RefusesAsync(gate.Token(key: TestKey.Two, named: TestKey.One), request: FromHere)).ShouldBe("401 wrong-signature");
    }

    [Fact]
    public async Task Trust_ends_at_this_machine()
    {
        await using var gate = await TrustingAsync();
        foreach (var change in (Action<HttpContext>[])
        [
            http => http.Connection.RemoteIpAddress = IPAddress.Parse("192.168.1.4"),
            http => http.Connection.RemoteIpAddress = null,
            http => http.Request.Headers["X-Forwarded-For"] = "127.0.0.1",
            http => http.Request.Headers["Forwarded"] = "for=127.0.0.1",
            http => http.Request.Host = new HostString("abc123.tunnel.example"),
            http => http.Request.Host = new HostString("localhost.evil.example"),
        ])
            (await gate.RefusesAsync(null, request: http =>
            {
                FromHere(http);
                change(http);
            })).ShouldBe("403 not-this-machine");
    }

    [Fact]
    public async Task Without_that_setting_this_machine_needs_a_token_too()
    {
        await using var gate = await Gate.OpenAsync(environment: Environments.Development);
        (await gate.RefusesAsync(null, request: FromHere)).ShouldBe("401 no-token");
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    [InlineData("")]
    public async Task Outside_of_development_the_program_does_not_start_trusting_everybody(string environment)
    {
        var refused = await Should.ThrowAsync<SettingException>(() => Gate.OpenAsync(settings => settings with { TrustsEverybody = true }, environment));
        refused.Message.ShouldContain("only for development");
    }

    [Fact]
    public void The_program_finds_out_when_it_asks_for_its_door()
    {
        Should.Throw<SettingException>(() => Composed(trustsEverybody: true));
        Composed(trustsEverybody: false).ShouldNotBeNull();

        static Admission Composed(bool trustsEverybody)
        {
            var services = new ServiceCollection();
            services.AddLogging();
            services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = Environments.Production });
            services.AddSingleton(new TeamsSettings { AppId = Gate.AppId, TenantId = Gate.Tenant, TrustsEverybody = trustsEverybody });
            services.AddTeamsAdmission();
            using var provider = services.BuildServiceProvider();
            return provider.GetRequiredService<Admission>();
        }
    }

    [Fact]
    public void Every_refusal_has_a_word_of_its_own_and_a_status()
    {
        var all = Enum.GetValues<Refusal>();
        all.Select(refusal => refusal.Word()).Distinct().Count().ShouldBe(all.Length);
        all.Select(refusal => refusal.Status()).Distinct().Order().ShouldBe([401, 403]);
    }
}
