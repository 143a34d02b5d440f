using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;
using NudgeBot.Database;
using NudgeBot.Jobs;
using NudgeBot.Slack.Inbound;
using NudgeBot.Slack.Installing;
using NudgeBot.Slack.Tests.Installing;
using NudgeBot.Tests;

namespace NudgeBot.Slack.Tests.WholeProgram;

/// <summary>One process of the service as <c>nudgebot run</c> puts it together, except that its jobs run when the town's clock is moved.</summary>
sealed class SlackProgram : IAsyncDisposable
{
    readonly NpgsqlDataSource database;
    readonly WebApplication http;

    SlackProgram(NpgsqlDataSource database, SlackApp slack, NudgingProduct product, WebApplication http, ConcurrentLog log)
    {
        this.database = database;
        this.http = http;
        Slack = slack;
        Product = product;
        Log = log;
        Engine = new DirectEngine(product);
    }

    public SlackApp Slack { get; }
    public NudgingProduct Product { get; }
    public DirectEngine Engine { get; }
    public ConcurrentLog Log { get; }

    /// <summary>Stopped or crashed.</summary>
    public bool IsOver { get; private set; }

    public Uri Address => new(http.Urls.Single());

    /// <param name="environment">What an operator would set.</param>
    public static async Task<SlackProgram> StartAsync(string connectionString, ProductClock clock, IConfiguration environment, CancellationToken cancellation)
    {
        var log = new ConcurrentLog();
        var logging = new LoggerFactory([log]);
        var source = NpgsqlDataSource.Create(connectionString);
        var slack = new SlackApp(
            source, clock, SlackConfiguration.Read(environment)!, new SecretBox(environment[SecretBox.Setting]!), logging, environment["NUDGEBOT_ORGANIZATION"]);
        var product = new NudgingProduct(source, clock, Shipped.Content, slack.Platforms);
        await slack.Installations.ResealAsync(cancellation);

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton(product);
        builder.Services.AddSlack(slack);
        var site = builder.Build();
        site.MapSlack();
        site.MapSlackInstall(slack);
        await site.StartAsync(cancellation);

        var program = new SlackProgram(source, slack, product, site, log);
        await program.Engine.StartAsync(RecurringJobs.All, cancellation);
        return program;
    }

    /// <summary>When all that Slack has delivered here is answered.</summary>
    public Task WhenIdleAsync() => IsOver ? Task.CompletedTask : Product.InboxWorker.WhenIdleAsync();

    /// <summary>What whoever watches the program is told about Slack.</summary>
    public async Task<string> HealthAsync(CancellationToken cancellation)
    {
        var report = await http.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(cancellation);
        var slack = report.Entries["slack"];
        return $"{slack.Status}: {slack.Description}";
    }

    /// <summary>From one moment to the next nothing that it had begun can be finished any more: no record, no answer.</summary>
    public async Task CrashAsync()
    {
        IsOver = true;
        await database.DisposeAsync();
        Slack.Dispose();
        await http.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (IsOver) return;
        IsOver = true;
        await http.StopAsync();
        await http.DisposeAsync();
        Slack.Dispose();
        await database.DisposeAsync();
    }
}
