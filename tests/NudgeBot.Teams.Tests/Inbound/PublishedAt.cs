using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NudgeBot.Teams.Tests.Inbound;

/// <summary>Where keys are published: an OpenID document and its keys, over HTTP, as a test wants them to be.</summary>
sealed class PublishedAt : IAsyncDisposable
{
    readonly WebApplication _http;
    int _metadataReads;
    int _keyReads;

    PublishedAt()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _http = builder.Build();
        Metadata = http => http.Response.WriteAsync(GoodMetadata);
        _http.MapGet("/openid", (HttpContext http) =>
        {
            Interlocked.Increment(ref _metadataReads);
            return Metadata(http);
        });
        _http.MapGet("/moved", (HttpContext http) => http.Response.WriteAsync(GoodMetadata));
        _http.MapGet("/keys", (HttpContext http) =>
        {
            Interlocked.Increment(ref _keyReads);
            return Keys(http);
        });
    }

    public Func<HttpContext, Task> Metadata { get; set; }
    public Func<HttpContext, Task> Keys { get; set; } = http => http.Response.WriteAsync("{}");
    public int MetadataReads => _metadataReads;
    public int KeyReads => _keyReads;
    public Uri Address => new(_http.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");

    public static async Task<PublishedAt> StartAsync()
    {
        var published = new PublishedAt();
        await published._http.StartAsync();
        return published;
    }

    public string GoodMetadata =>
        new JsonObject { ["issuer"] = "https://api.botframework.com", ["jwks_uri"] = new Uri(Address, "keys").ToString() }.ToJsonString();

    public void Publish(params JsonNode?[] keys) => Keys = http => http.Response.WriteAsJsonAsync(new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => key?.DeepClone())]) });

    public ValueTask DisposeAsync() => _http.DisposeAsync();
}
