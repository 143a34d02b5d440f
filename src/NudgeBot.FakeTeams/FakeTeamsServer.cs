using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NudgeBot.FakeTeams.Calling;
using NudgeBot.FakeTeams.Connector;
using NudgeBot.FakeTeams.Faults;
using NudgeBot.FakeTeams.Graph;
using NudgeBot.FakeTeams.Identity;
using NudgeBot.FakeTeams.Limits;
using NudgeBot.FakeTeams.World;

namespace NudgeBot.FakeTeams;

/// <summary>A Teams to test against and to look at: its connector, its identities, its people and its limits, on this machine.</summary>
public sealed class FakeTeamsServer : IAsyncDisposable
{
    static readonly Lazy<X509Certificate2> OwnCertificate = new(MakeCertificate);

    readonly FakeTeamsOptions _options;
    readonly WebApplication _http;
    readonly CancellationTokenSource _stopping = new();

    FakeTeamsServer(FakeTeamsOptions options)
    {
        _options = options;
        Time = new TeamsTime(options);
        World = new TeamsWorld(Time);
        Faults = new FaultPlan(options.Seed);
        Broken = new BrokenCalls(this);
        Limits = new RateLimits(options.Limits, Time);
        BotFramework = new BotFramework(this);
        Login = new Login(this);
        Deliveries = new Deliveries(this);
        Acting = new ActingPeople(this);
        Directory = new TenantDirectory(options.Graph);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.Listen(IPAddress.Loopback, 0, secure => secure.UseHttps(OwnCertificate.Value));
        });
        _http = builder.Build();
        _http.MapGet("/download/{id}", (HttpContext http, string id) => Download(http, id));
        BotFramework.Map(_http);
        Login.Map(_http);
        new ConnectorEndpoints(this).Map(_http);
        new GraphEndpoints(this).Map(_http);
    }

    public static async Task<FakeTeamsServer> StartAsync(FakeTeamsOptions? options = null)
    {
        var server = new FakeTeamsServer(options ?? new FakeTeamsOptions());
        await server._http.StartAsync();
        return server;
    }

    public FakeBot Bot => _options.Bot;
    public TeamsWorld World { get; }
    public TeamsTime Time { get; }
    public FaultPlan Faults { get; }
    public BotFramework BotFramework { get; }
    public Login Login { get; }
    public ActingPeople Acting { get; }
    public Deliveries Deliveries { get; }
    public TenantDirectory Directory { get; }

    public Uri Address => Bound("http:");

    /// <summary>What stands for <c>https://login.microsoftonline.com/</c>. With https: Microsoft's own client asks nowhere else.</summary>
    public Uri LoginAuthority => Bound("https:");

    /// <summary>What <see cref="LoginAuthority"/> shows; nobody vouches for it, a client must be told to trust it.</summary>
    public X509Certificate2 Certificate => OwnCertificate.Value;

    /// <summary>What stands for <c>https://smba.trafficmanager.net/emea/</c>.</summary>
    public Uri ServiceUrl => new(Address, $"{Region}/");

    /// <summary>What stands for <c>https://graph.microsoft.com/v1.0/</c>.</summary>
    public Uri GraphUrl => new(Address, GraphEndpoints.Root);

    internal string Region { get; private set; } = "emea";

    /// <summary>Microsoft moves the tenant: activities name another service URL, and nothing is found at the one before.</summary>
    public void MoveTo(string region)
    {
        lock (World.Gate) Region = region;
    }

    /// <summary>Since the start.</summary>
    public IReadOnlyDictionary<Operation, CallCount> Calls
    {
        get
        {
            lock (World.Gate) return Limits.Counts;
        }
    }

    /// <summary>Everything that people and the bot wrote there, oldest first.</summary>
    public IReadOnlyList<Message> MessagesIn(Conversation conversation)
    {
        lock (World.Gate) return [.. conversation.Messages];
    }

    /// <summary>What the bot and this person wrote to each other, oldest first.</summary>
    public IReadOnlyList<Message> MessagesWith(Person person)
    {
        lock (World.Gate) return World.ChatWith(person) is { } chat ? MessagesIn(chat) : [];
    }

    /// <summary>Null where none is open.</summary>
    public Dialog? DialogOf(Person person)
    {
        lock (World.Gate) return World.Dialogs.GetValueOrDefault(person.Id);
    }

    internal RateLimits Limits { get; }
    internal BrokenCalls Broken { get; }
    internal int LargestActivity => _options.LargestActivity;
    internal CancellationToken Stopping => _stopping.Token;

    /// <summary>Waits as long as a call hangs that was told to time out, or until its caller gives up.</summary>
    internal async Task HangAsync(CancellationToken caller)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(caller, Stopping);
        await Time.HangAsync(_options.HangsFor, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    Uri Bound(string scheme) =>
        new(_http.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First(address => address.StartsWith(scheme)) + "/");

    /// <summary>Of whoever knows the address, and of nobody who shows a token that was meant for somebody else.</summary>
    IResult Download(HttpContext http, string id)
    {
        lock (World.Gate)
            return http.Request.Headers.Authorization.Count == 0 && World.Files.TryGetValue(id, out var content) ? Results.Bytes(content, "application/octet-stream") : Results.Unauthorized();
    }

    static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=fake-teams", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2120, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _http.StopAsync();
        await _http.DisposeAsync();
        Deliveries.Dispose();
        _stopping.Dispose();
    }
}
