using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NudgeBot.FakeTeams.Faults;

namespace NudgeBot.FakeTeams.Identity;

/// <summary>What stands for <c>https://login.microsoftonline.com/</c>: a bot proves that it is itself, and gets a token.</summary>
public sealed class Login(FakeTeamsServer server)
{
    public const string BotFrameworkScope = "https://api.botframework.com/.default";
    public const string GraphScope = "https://graph.microsoft.com/.default";
    const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    const int LifeInSeconds = 3599;

    readonly Lock _gate = new();
    readonly Dictionary<string, (string Scope, Instant Ends)> _tokens = [];

    /// <summary>How many tokens were given.</summary>
    public int Given { get; private set; }

    /// <summary>All tokens are worth nothing from now on, whatever their time.</summary>
    public void RevokeAll()
    {
        lock (_gate) _tokens.Clear();
    }

    /// <summary>Gives a token without being asked for it over HTTP.</summary>
    public string NewToken(string scope = BotFrameworkScope)
    {
        lock (_gate)
        {
            var token = $"eyJ{World.Ids.Secret(120)}";
            _tokens.Add(token, (scope, server.Time.After(Duration.FromSeconds(LifeInSeconds))));
            Given++;
            return token;
        }
    }

    internal bool IsGood(string? token, string scope)
    {
        lock (_gate) return token is not null && _tokens.TryGetValue(token, out var known) && known.Scope == scope && known.Ends > server.Time.Now;
    }

    internal void Map(WebApplication http)
    {
        http.MapPost("/{tenant}/oauth2/v2.0/token", (HttpContext context, string tenant) => server.Broken.AroundAsync(context, Operation.Token, () => TokenAsync(context, tenant)));
        http.MapGet("/{tenant}/v2.0/.well-known/openid-configuration", (HttpContext context, string tenant) => context.Response.WriteAsJsonAsync(Metadata(context, tenant)));
        http.MapGet("/common/discovery/instance", (HttpContext context) => context.Response.WriteAsJsonAsync(new JsonObject
        {
            ["tenant_discovery_endpoint"] = $"{Base(context)}{server.Bot.TenantId}/v2.0/.well-known/openid-configuration",
            ["api-version"] = "1.1",
            ["metadata"] = new JsonArray(new JsonObject
            {
                ["preferred_network"] = context.Request.Host.Value,
                ["preferred_cache"] = context.Request.Host.Value,
                ["aliases"] = new JsonArray(context.Request.Host.Value),
            }),
        }));
    }

    static string Base(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}/";

    static JsonObject Metadata(HttpContext context, string tenant) => new()
    {
        ["token_endpoint"] = $"{Base(context)}{tenant}/oauth2/v2.0/token",
        ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_post", "private_key_jwt"),
        ["authorization_endpoint"] = $"{Base(context)}{tenant}/oauth2/v2.0/authorize",
        ["issuer"] = $"{Base(context)}{tenant}/v2.0",
    };

    async Task<Answer> TokenAsync(HttpContext context, string tenant)
    {
        lock (server.World.Gate) server.Limits.Count(Operation.Token);
        if (!context.Request.HasFormContentType) return Refuse(400, "invalid_request", 900144, "The request body must contain the following parameter: 'grant_type'.");
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (tenant != server.Bot.TenantId) return Refuse(400, "invalid_request", 90002, $"Tenant '{tenant}' not found.");
        if (form["grant_type"] != "client_credentials") return Refuse(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
        if (form["client_id"] != server.Bot.AppId) return Refuse(400, "unauthorized_client", 700016, "Application was not found in the directory.");
        if (form["scope"] != BotFrameworkScope && form["scope"] != GraphScope)
            return Refuse(400, "invalid_scope", 1002012, "The provided value for scope is not valid. Client credential flows must have a scope value with /.default.");
        if (!Proves(form, tenant)) return Refuse(401, "invalid_client", 7000215, "Invalid client secret provided.");
        var life = (int)Math.Ceiling(server.Time.Shortened(Duration.FromSeconds(LifeInSeconds)).TotalSeconds);
        return new Answer(StatusCodes.Status200OK, new JsonObject
        {
            ["token_type"] = "Bearer",
            ["expires_in"] = life,
            ["ext_expires_in"] = life,
            ["access_token"] = NewToken(form["scope"].ToString()),
        });
    }

    bool Proves(IFormCollection form, string tenant)
    {
        if (form["client_assertion_type"] != AssertionType) return form["client_secret"] == server.Bot.Secret;
        var (assertion, audience) = (form["client_assertion"].ToString(), $"/{tenant}/oauth2/v2.0/token");
        return server.Bot.Certificate is { } certificate && ClientAssertion.IsGood(assertion, certificate, server.Bot.AppId, audience, server.Time.Now);
    }

    static Answer Refuse(int status, string error, int code, string description) => new(status, new JsonObject
    {
        ["error"] = error,
        ["error_description"] = $"AADSTS{code}: {description}",
        ["error_codes"] = new JsonArray(code),
    });
}
