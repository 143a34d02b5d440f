using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using NudgeBot.Teams.Inbound;

namespace NudgeBot.Teams.Tests.Inbound;

/// <summary>The bot's door, with keys published beside it and a clock that stands still.</summary>
sealed class Gate : IAsyncDisposable
{
    public const string AppId = "5d1f3a52-6f0e-4b5a-9a55-4a7c2a5b9d10";
    public const string Tenant = "0b9cf1c5-0d6a-4c6f-9f2a-6b1a3c1d7e42";
    public const string ServiceUrl = "https://smba.trafficmanager.net/emea/";

    readonly HttpClient _http = PublishedKeys.Client();
    readonly Admission _admission;

    Gate(PublishedAt published, Func<TeamsSettings, TeamsSettings> change, string environment)
    {
        Published = published;
        var settings = change(new TeamsSettings { AppId = AppId, TenantId = Tenant, OpenIdMetadata = new Uri(published.Address, "openid") });
        Keys = new SigningKeys(new PublishedKeys(_http, settings.OpenIdMetadata, Time), Time, new ListedLog<SigningKeys>(Log));
        _admission = new Admission(settings, new BotFrameworkTokens(AppId, Keys, Time), new HostingEnvironment { EnvironmentName = environment }, new ListedLog<Admission>(Log));
    }

    public PublishedAt Published { get; }
    public ManualTime Time { get; } = new();
    public SigningKeys Keys { get; }
    public ListedLines Log { get; } = new();
    public long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    public static async Task<Gate> OpenAsync(Func<TeamsSettings, TeamsSettings>? change = null, string? environment = null)
    {
        var published = await PublishedAt.StartAsync();
        published.Publish(TestKey.One.Published());
        return new Gate(published, change ?? (settings => settings), environment ?? Environments.Production);
    }

    public JsonObject Header(TestKey? key = null) => new() { ["typ"] = "JWT", ["alg"] = "RS256", ["kid"] = (key ?? TestKey.One).Id };

    public JsonObject Claims() => new()
    {
        ["iss"] = "https://api.botframework.com",
        ["aud"] = AppId,
        ["serviceurl"] = ServiceUrl,
        ["nbf"] = Now - 60,
        ["exp"] = Now + 3600,
    };

    public string Token(Action<JsonObject>? claims = null, Action<JsonObject>? header = null, TestKey? key = null, TestKey? named = null)
    {
        var (said, head) = (Claims(), Header(named ?? key));
        claims?.Invoke(said);
        header?.Invoke(head);
        return (key ?? TestKey.One).Sign(head.ToJsonString(), said.ToJsonString());
    }

    public static JsonObject Activity() => new()
    {
        ["type"] = "message",
        ["channelId"] = "msteams",
        ["serviceUrl"] = ServiceUrl,
        ["conversation"] = new JsonObject { ["id"] = "a:1", ["conversationType"] = "personal", ["tenantId"] = Tenant },
        ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = Tenant } },
    };

    /// <returns>Null where it is let in.</returns>
    public async Task<string?> RefusesAsync(string? token, JsonObject? activity = null, Action<HttpContext>? request = null)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse("203.0.113.9");
        http.Request.Host = new HostString("bot.example.com");
        if (token is not null) http.Request.Headers.Authorization = $"Bearer {token}";
        request?.Invoke(http);
        using var told = JsonDocument.Parse((activity ?? Activity()).ToJsonString());
        var verdict = await _admission.CheckAsync(http.Request, ActivityOrigin.Of(told.RootElement), TestContext.Current.CancellationToken);
        return verdict.Match<string?>(_ => null, refused => $"{refused.Why.Status()} {refused.Why.Word()}");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Published.DisposeAsync();
    }
}
