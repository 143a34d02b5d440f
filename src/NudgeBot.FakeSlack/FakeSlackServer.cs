using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NudgeBot.FakeSlack.Calling;
using NudgeBot.FakeSlack.Faults;
using NudgeBot.FakeSlack.Limits;
using NudgeBot.FakeSlack.Page;
using NudgeBot.FakeSlack.WebApi;
using NudgeBot.FakeSlack.World;

namespace NudgeBot.FakeSlack;

/// <summary>A Slack to test against and to look at: its Web API, its events and its limits, on this machine.</summary>
public sealed class FakeSlackServer : IAsyncDisposable
{
    readonly FakeSlackOptions _options;
    readonly WebApplication _http;
    readonly CancellationTokenSource _stopping = new();
    readonly ConcurrentDictionary<Task, byte> _running = [];

    FakeSlackServer(FakeSlackOptions options)
    {
        _options = options;
        Time = new SlackTime(options);
        Host = new PageHost { Clock = () => Time.Now };
        Traffic = new Traffic(Changes);
        World = new SlackWorld(options.App, Time);
        Faults = new FaultPlan(options.Seed);
        Limits = new RateLimits(options.Limits, Time);
        Triggers = new Triggers(Time, World);
        Modals = new Modals(World);
        ResponseUrls = new ResponseUrls(this);
        Sockets = new Sockets(this);
        AppRequests = new AppRequests(this);
        Events = new Events(this);
        Files = new FileEndpoint(this);
        Acting = new ActingUsers(this);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        builder.Services.AddRazorComponents();
        _http = builder.Build();
        _http.UseWebSockets();
        var api = new ApiEndpoint(this);
        _http.MapMethods("/api/{method}", [HttpMethods.Get, HttpMethods.Post], (HttpContext http, string method) => api.HandleAsync(http, method));
        _http.MapGet("/files-pri/{id}/{name}", (HttpContext http, string id) => Files.HandleAsync(http, id));
        _http.MapPost("/response/{id}", (HttpContext http, string id) => ResponseUrls.HandleAsync(http, id));
        _http.Map("/link", (HttpContext http) => Sockets.HandleAsync(http));
        _http.MapPage(this);
    }

    public static async Task<FakeSlackServer> StartAsync(FakeSlackOptions? options = null)
    {
        var server = new FakeSlackServer(options ?? new FakeSlackOptions());
        await server._http.StartAsync();
        return server;
    }

    public FakeApp App => _options.App;
    public SlackWorld World { get; }
    public SlackTime Time { get; }
    public FaultPlan Faults { get; }
    public ActingUsers Acting { get; }
    public Events Events { get; }
    public Sockets Sockets { get; }
    public Changes Changes { get; } = new();
    public Traffic Traffic { get; }

    /// <summary>Of the page at <see cref="Address"/>; to be set before anybody looks at it.</summary>
    public PageHost Host { get; set; }

    /// <summary>On the page: everybody has seen everything.</summary>
    public void MarkAllRead()
    {
        lock (World.Gate) Reading.SeenAll(World);
    }

    public Uri Address => new(_http.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");

    /// <summary>What stands for <c>https://slack.com/api/</c>.</summary>
    public Uri ApiUrl => new(Address, "api/");

    /// <summary>By method, since the start.</summary>
    public IReadOnlyDictionary<string, CallCount> Calls
    {
        get
        {
            lock (World.Gate) return Limits.Counts;
        }
    }

    /// <summary>Everything that went to the app, in the order in which it was first tried.</summary>
    public IReadOnlyList<Delivery> Deliveries => AppRequests.All;

    internal Reading Reading { get; } = new();
    internal FileEndpoint Files { get; }
    internal RateLimits Limits { get; }
    internal Triggers Triggers { get; }
    internal Modals Modals { get; }
    internal ResponseUrls ResponseUrls { get; }
    internal AppRequests AppRequests { get; }
    internal CancellationToken Stopping => _stopping.Token;

    /// <summary>Every message of a channel that this user can see, oldest first.</summary>
    public IReadOnlyList<Message> MessagesIn(Channel channel, User seenBy)
    {
        lock (World.Gate) return channel.Messages.FindAll(message => message.EphemeralFor is null || message.EphemeralFor == seenBy.Id);
    }

    /// <summary>What the app and this person wrote to each other, oldest first.</summary>
    public IReadOnlyList<Message> MessagesWith(User user)
    {
        lock (World.Gate) return World.DirectChannel(user) is { } channel ? MessagesIn(channel, user) : [];
    }

    /// <summary>The modal on top; null where none is open.</summary>
    public View? ModalOf(User user)
    {
        lock (World.Gate) return Modals.Of(user).LastOrDefault();
    }

    public View? HomeOf(User user)
    {
        lock (World.Gate) return World.Teams[user.TeamId].Homes.GetValueOrDefault(user.Id);
    }

    internal void TellOfBotMessage(Team team, Channel channel, Message message)
    {
        if (!_options.TellsAppOfItsOwnMessages || !Events.CanBeSent || (channel.Kind != ChannelKind.Direct && !App.HearsChannels)) return;
        var told = Events.MessageEvent(message, channel, team);
        Run(async () => await Events.TellAsync(team, told));
    }

    /// <summary>Waits as long as a call hangs that was told to time out, or until its caller gives up.</summary>
    internal async Task HangAsync(CancellationToken caller)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(caller, Stopping);
        await Time.HangAsync(_options.HangsFor, either.Token).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    /// <summary>Work that goes on beside what began it, until the server stops.</summary>
    internal void Run(Func<Task> work)
    {
        var task = Task.Run(work);
        _running.TryAdd(task, 0);
        _ = task.ContinueWith(done => _running.TryRemove(done, out _), TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Keys).ContinueWith(_ => { }, TaskScheduler.Default);
        await _http.StopAsync();
        await _http.DisposeAsync();
        AppRequests.Dispose();
        _stopping.Dispose();
    }
}
