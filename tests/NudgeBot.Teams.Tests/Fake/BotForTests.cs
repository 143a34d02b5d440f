using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NudgeBot.FakeTeams;

namespace NudgeBot.Teams.Tests.Fake;

/// <summary>A bot that Teams calls: it writes down what comes and answers as it is told.</summary>
sealed class BotForTests : IAsyncDisposable
{
    readonly WebApplication _http;

    BotForTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _http = builder.Build();
        _http.MapPost("/api/messages", async (HttpContext http) =>
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            var activity = body.RootElement.Clone();
            Activities.Enqueue(activity);
            await Answer(activity, http);
        });
    }

    public ConcurrentQueue<JsonElement> Activities { get; } = [];
    public Func<JsonElement, HttpContext, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public static async Task<BotForTests> StartAsync(FakeTeamsServer teams)
    {
        var bot = new BotForTests();
        await bot._http.StartAsync();
        teams.Bot.MessagesUrl = new Uri(bot._http.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/api/messages");
        return bot;
    }

    public ValueTask DisposeAsync() => _http.DisposeAsync();
}
