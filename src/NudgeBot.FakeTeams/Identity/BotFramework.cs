using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace NudgeBot.FakeTeams.Identity;

/// <summary>Who signs what goes to the bot, and where its keys are published.</summary>
public sealed class BotFramework(FakeTeamsServer server)
{
    const string Metadata = "v1/.well-known/openidconfiguration";
    const string Keys = "v1/.well-known/keys";

    int _generation;
    int _readings;

    /// <summary>What stands for <c>https://login.botframework.com/v1/.well-known/openidconfiguration</c>.</summary>
    public Uri OpenIdMetadata => new(server.Address, Metadata);

    /// <summary>The channels for which the keys may sign.</summary>
    public IReadOnlyList<string> Endorsements { get; set; } = ["msteams", "skypespaces"];

    /// <summary>How often the keys were read.</summary>
    public int Readings => _readings;

    /// <summary>From now on another key signs; the one before is no longer published.</summary>
    public void RotateKeys() => Interlocked.Increment(ref _generation);

    /// <summary>For an activity from <paramref name="serviceUrl"/>.</summary>
    public string Token(string serviceUrl)
    {
        var now = server.Time.Now.ToUnixTimeSeconds();
        return SigningKey.Of(_generation).Sign(new JsonObject
        {
            ["serviceurl"] = serviceUrl,
            ["nbf"] = now,
            ["exp"] = now + 3600,
            ["iss"] = "https://api.botframework.com",
            ["aud"] = server.Bot.AppId,
        });
    }

    internal void Map(WebApplication http)
    {
        http.MapGet($"/{Metadata}", (HttpContext context) => context.Response.WriteAsJsonAsync(new JsonObject
        {
            ["issuer"] = "https://api.botframework.com",
            ["authorization_endpoint"] = "https://invalid.botframework.com",
            ["jwks_uri"] = new Uri(server.Address, Keys).ToString(),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("private_key_jwt"),
        }));
        http.MapGet($"/{Keys}", (HttpContext context) =>
        {
            Interlocked.Increment(ref _readings);
            return context.Response.WriteAsJsonAsync(new JsonObject { ["keys"] = new JsonArray(SigningKey.Of(_generation).Published(Endorsements)) });
        });
    }
}
