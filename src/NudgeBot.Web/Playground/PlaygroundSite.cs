using System.Net;
using Microsoft.Extensions.FileProviders;

namespace NudgeBot.Web.Playground;

/// <summary>The playground's web site: one page, on this machine only.</summary>
static class PlaygroundSite
{
    /// <param name="port">0: any that is free.</param>
    public static WebApplication Build(PlaygroundWorld world, int port)
    {
        // Neither arguments nor settings of the surroundings: nothing outside may open it to the network.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Logging.AddServiceLogging(builder.Environment);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton(world);
        builder.Services.AddSingleton<PlaygroundVisit>();
        builder.Services.AddSingleton(new TimeMachine(world));

        var app = builder.Build();
        app.UseOwnPagesOnly();
        app.UseStaticFiles(new StaticFileOptions
        {
            RequestPath = "/assets",
            FileProvider = new EmbeddedFileProvider(typeof(PlaygroundSite).Assembly, "assets"),
            // They change with the program, and asking whether they did costs next to nothing on the same machine.
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
        app.MapPlayground();
        return app;
    }
}
