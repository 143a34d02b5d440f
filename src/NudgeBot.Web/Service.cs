using NudgeBot.Chat;
using NudgeBot.Database;
using NudgeBot.People;
using NudgeBot.Slack;
using NudgeBot.Slack.Inbound;
using NudgeBot.Slack.Installing;
using NudgeBot.Teams;
using NudgeBot.Teams.Inbound;
using NudgeBot.Teams.Installing;
using NudgeBot.Web.Health;
using NudgeBot.Web.Jobs;
using NudgeBot.Web.Playground;

namespace NudgeBot.Web;

/// <summary>The service: <c>nudgebot run</c>. Ends by SIGTERM or Ctrl-C, when what it had begun is done or given back.</summary>
static class Service
{
    const string DefaultUrl = "http://127.0.0.1:8080";
    const string OrganizationSetting = "NUDGEBOT_ORGANIZATION";

    /// <summary>Longer than a platform may take to answer, and than a transaction of ours takes.</summary>
    static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(30);

    /// <param name="urls">Where to listen; null: what <c>ASPNETCORE_URLS</c> says, else on this machine only.</param>
    /// <returns>The exit code: 1 when it could not start, which is then told on standard error.</returns>
    public static async Task<int> RunAsync(string? urls, CancellationToken stop)
    {
        try
        {
            // Not the current folder: it may be anywhere, and what lies there is none of the service's settings.
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
            var content = ContentFolder.Find(builder.Configuration[ContentFolder.Setting], Directory.GetCurrentDirectory(), AppContext.BaseDirectory);
            await using var place = await DatabasePlace.OpenAsync(stop);
            if (place.Embedded is { } embedded) embedded.StopOnDispose = true;
            var clock = ProductClock.Ticking(WireClock.System);
            using var logging = LoggerFactory.Create(logs => logs.AddServiceLogging(builder.Environment));
            using var slack = Slack(builder.Configuration, place, clock, logging);
            using var teams = Teams(builder, place, clock, logging);
            IReadOnlyList<IChatPlatform> platforms =
                [.. FileRecorder.Platforms(builder.Configuration, builder.Environment), .. slack?.Platforms ?? [], .. teams?.Platforms ?? []];
            var product = new NudgingProduct(place.Source, clock, content, platforms);
            await Migrations.ApplyAsync(place.Source, clock, stop);
            await PlaygroundDatabase.RefuseAsync(place.Source, stop);
            await Organizations.EnsureFirstAsync(place.Source, Organization(builder.Configuration), clock, stop);
            if (slack is not null) await slack.Installations.ResealAsync(stop);
            foreach (var absent in (await Organizations.PlatformsAsync(place.Source, stop)).Except(platforms.Select(platform => platform.Name)))
                logging.CreateLogger("NudgeBot").LogWarning("Workspaces of {Platform} are stored, but {Platform} is not configured: what is due there waits, and is skipped in the end.", absent, absent);

            await using var app = Build(builder, urls, place, product, slack, teams);
            await RunAsync(app, stop);
            return 0;
        }
        catch (Exception error) when (StartError.Describe(error) is { } description)
        {
            await Console.Error.WriteLineAsync($"nudgebot: {description}");
            return 1;
        }
    }

    static string Organization(IConfiguration configuration) => configuration[OrganizationSetting] is { Length: > 0 } name ? name : "default";

    /// <returns>Null where Slack is not configured.</returns>
    static SlackApp? Slack(IConfiguration configuration, DatabasePlace place, ProductClock clock, ILoggerFactory logging)
    {
        if (SlackConfiguration.Read(configuration) is not { } settings) return null;
        var secrets = KeyFile.Open(configuration[SecretBox.Setting], place.Embedded is null ? null : HomeFolder.Path);
        return new SlackApp(place.Source, clock, settings, secrets, logging, Organization(configuration));
    }

    /// <returns>Null where Teams is not configured.</returns>
    static TeamsApp? Teams(WebApplicationBuilder builder, DatabasePlace place, ProductClock clock, ILoggerFactory logging) =>
        TeamsConfiguration.Read(builder.Configuration) is { } settings
            ? new TeamsApp(place.Source, clock, settings, logging, Organization(builder.Configuration), builder.Environment.IsDevelopment())
            : null;

    static WebApplication Build(WebApplicationBuilder builder, string? urls, DatabasePlace place, NudgingProduct product, SlackApp? slack, TeamsApp? teams)
    {
        if (urls is not null) builder.WebHost.UseUrls(urls);
        else if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey])) builder.WebHost.UseUrls(DefaultUrl);
        builder.Logging.AddServiceLogging(builder.Environment);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopWithin);
        builder.Services.AddSingleton(place.Source);
        builder.Services.AddSingleton(product);
        builder.Services.AddReadiness();
        // Before the jobs: what is due may go out as soon as they run.
        if (slack is not null) builder.Services.AddSlack(slack);
        if (teams is not null)
        {
            builder.Services.AddTeams(teams);
            builder.Services.AddTeamsInbound();
        }
        builder.Services.AddJobs(place.ConnectionString);

        var app = builder.Build();
        app.MapHealth();
        if (slack is not null)
        {
            app.MapSlack();
            app.MapSlackInstall(slack);
        }
        if (teams is not null) app.MapTeams();
        app.MapJobs();
        return app;
    }

    static async Task RunAsync(WebApplication app, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
            await app.WaitForShutdownAsync(stop);
        }
        finally
        {
            // After a shutdown it does nothing more; after a start that failed half-way, it stops the half that runs.
            await app.StopAsync(CancellationToken.None);
        }
    }
}
