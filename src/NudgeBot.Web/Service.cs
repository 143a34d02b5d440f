using NudgeBot.Web.Health;
using NudgeBot.Web.Jobs;

namespace NudgeBot.Web;

/// <summary>The service: <c>nudgebot run</c>. Ends by SIGTERM or Ctrl-C, when what it had begun is done or given back.</summary>
public static class Service
{
    const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>Longer than a platform may take to answer; shorter than container hosts take to lose patience, where that is set as in docker-compose.yml.</summary>
    static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(30);

    /// <param name="args">ASP.NET Core's settings, such as <c>--urls</c>.</param>
    /// <returns>The exit code: 1 when it could not start, which is then told on standard error.</returns>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellation = default)
    {
        var builder = WebApplication.CreateBuilder(args);
        try
        {
            await using var installation = await Installation.OpenAsync(builder.Configuration, builder.Environment, cancellation);
            await using var app = Build(builder, installation);
            try
            {
                await app.StartAsync(cancellation);
                await app.WaitForShutdownAsync(cancellation);
            }
            finally
            {
                // Again after a shutdown it does nothing; after a start that failed half-way, it stops the half that runs.
                await app.StopAsync(CancellationToken.None);
            }
            return 0;
        }
        catch (Exception error) when (StartError.Describe(error) is { } description)
        {
            await Console.Error.WriteLineAsync($"nudgebot: {description}");
            return 1;
        }
    }

    static WebApplication Build(WebApplicationBuilder builder, Installation installation)
    {
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey])) builder.WebHost.UseUrls(DefaultUrl);
        builder.Logging.AddServiceLogging(builder.Environment);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopWithin);
        builder.Services.AddSingleton(installation.Database);
        builder.Services.AddSingleton(installation.Product);
        builder.Services.AddReadiness();
        builder.Services.AddJobs(installation.ConnectionString);

        var app = builder.Build();
        app.MapHealth();
        app.MapJobs();
        return app;
    }
}
