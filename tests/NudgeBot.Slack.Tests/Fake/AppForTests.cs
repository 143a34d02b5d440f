using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NudgeBot.FakeSlack;

namespace NudgeBot.Slack.Tests.Fake;

/// <summary>An app that Slack calls: it writes down what comes and answers as it is told.</summary>
sealed class AppForTests : IAsyncDisposable
{
    readonly WebApplication _http;

    AppForTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _http = builder.Build();
        _http.MapPost("/slack", async (HttpContext http) =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var got = new Got(await reader.ReadToEndAsync(), http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
            Requests.Enqueue(got);
            await Answer(got, http);
        });
    }

    public ConcurrentQueue<Got> Requests { get; } = [];
    public Func<Got, HttpContext, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public static async Task<AppForTests> StartAsync(FakeSlackServer slack)
    {
        var app = new AppForTests();
        await app._http.StartAsync();
        var url = new Uri(app._http.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/slack");
        slack.App.EventsUrl = slack.App.InteractivityUrl = slack.App.CommandsUrl = slack.App.OptionsUrl = url;
        return app;
    }

    public async ValueTask DisposeAsync() => await _http.DisposeAsync();

    public sealed record Got(string Body, Dictionary<string, string> Headers);
}
