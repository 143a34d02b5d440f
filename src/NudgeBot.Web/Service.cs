using NudgeBot.Database;
using NudgeBot.People;
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
            var product = new NudgingProduct(place.Source, clock, content, FileRecorder.Platforms(builder.Configuration, builder.Environment));
            await Migrations.ApplyAsync(place.Source, clock, stop);
            await PlaygroundDatabase.RefuseAsync(place.Source, stop);
            var organization = builder.Configuration[OrganizationSetting] is { Length: > 0 } name ? name : "default";
            await Organizations.EnsureFirstAsync(place.Source, organization, clock, stop);

            await using var app = Build(builder, urls, place, product);
            await RunAsync(app, stop);
            return 0;
        }
        catch (Exception error) when (StartError.Describe(error) is { } description)
        {
            await Console.Error.WriteLineAsync($"nudgebot: {description}");
            return 1;
        }
    }

    static WebApplication Build(WebApplicationBuilder builder, string? urls, DatabasePlace place, NudgingProduct product)
    {
        if (urls is not null) builder.WebHost.UseUrls(urls);
        else if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey])) builder.WebHost.UseUrls(DefaultUrl);
        builder.Logging.AddServiceLogging(builder.Environment);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopWithin);
        builder.Services.AddSingleton(place.Source);
        builder.Services.AddSingleton(product);
        builder.Services.AddReadiness();
        builder.Services.AddJobs(place.ConnectionString);

        var app = builder.Build();
        app.MapHealth();
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
