using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Jobs;

namespace NudgeBot.Tests.WholeProgram;

/// <summary>One process of the service as <c>nudgebot run</c> puts it together, except that its jobs run when the town's clock is moved.</summary>
sealed class TownProgram : IAsyncDisposable
{
    readonly NpgsqlDataSource database;
    readonly WebApplication http;
    readonly IReadOnlyList<ProgramPart> parts;

    TownProgram(NpgsqlDataSource database, IReadOnlyList<ProgramPart> parts, NudgingProduct product, WebApplication http, ConcurrentLog log)
    {
        this.database = database;
        this.parts = parts;
        this.http = http;
        Product = product;
        Log = log;
        Engine = new DirectEngine(product);
    }

    public NudgingProduct Product { get; }
    public DirectEngine Engine { get; }
    public ConcurrentLog Log { get; }

    /// <summary>Stopped or crashed.</summary>
    public bool IsOver { get; private set; }

    public Uri Address => new(http.Urls.Single());

    /// <param name="read">The chat platforms that are configured.</param>
    public static async Task<TownProgram> StartAsync(
        string connectionString, ProductClock clock, Func<NpgsqlDataSource, ILoggerFactory, Task<IReadOnlyList<ProgramPart>>> read, CancellationToken cancellation)
    {
        var log = new ConcurrentLog();
        var source = NpgsqlDataSource.Create(connectionString);
        var platforms = await read(source, new LoggerFactory([log]));
        var product = new NudgingProduct(source, clock, Shipped.Content, [.. platforms.SelectMany(part => part.Platforms)]);

        // In development, a Teams on this machine may be called.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton(product);
        foreach (var part in platforms) part.Add(builder.Services);
        var site = builder.Build();
        foreach (var part in platforms) part.Map(site);
        await site.StartAsync(cancellation);

        var program = new TownProgram(source, platforms, product, site, log);
        await program.Engine.StartAsync(RecurringJobs.All, cancellation);
        return program;
    }

    /// <summary>When all that was delivered here is answered.</summary>
    public Task WhenIdleAsync() => IsOver ? Task.CompletedTask : Product.InboxWorker.WhenIdleAsync();

    /// <summary>What whoever watches the program is told about a platform.</summary>
    public async Task<string> HealthAsync(string platform)
    {
        var report = await http.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        var entry = report.Entries[platform];
        return $"{entry.Status}: {entry.Description}";
    }

    /// <summary>From one moment to the next nothing that it had begun can be finished any more: no record, no answer.</summary>
    public async Task CrashAsync()
    {
        IsOver = true;
        await database.DisposeAsync();
        foreach (var part in parts) part.App.Dispose();
        await http.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (IsOver) return;
        IsOver = true;
        await http.StopAsync();
        await http.DisposeAsync();
        foreach (var part in parts) part.App.Dispose();
        await database.DisposeAsync();
    }
}

/// <summary>What a chat platform adds to a program.</summary>
/// <param name="App">Ends with the program.</param>
sealed record ProgramPart(IReadOnlyList<IChatPlatform> Platforms, Action<IServiceCollection> Add, Action<WebApplication> Map, IDisposable App);
