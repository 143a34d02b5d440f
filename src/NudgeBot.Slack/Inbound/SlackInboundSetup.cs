using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NudgeBot.Slack.Installing;
using NudgeBot.Slack.People;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack.Inbound;

public static class SlackInboundSetup
{
    /// <summary>Needs the product, <see cref="SlackSettings"/>, <see cref="SlackApi"/>, <see cref="SlackCalls"/>, <see cref="SlackInstallations"/> and <see cref="SlackPeople"/> beside it.</summary>
    public static void AddSlackInbound(this IServiceCollection services)
    {
        services.AddSingleton<SlackSenders>();
        services.AddSingleton(services => new SlackReplies(
            services.GetRequiredService<SlackCalls>(), SlackHttp.Client(), services.GetRequiredService<ILogger<SlackReplies>>()));
        services.AddSingleton<SlackConversing>();
        services.AddSingleton<SlackInbound>();
        services.AddSingleton(services => new SocketMode(
            services.GetRequiredService<SlackApi>(), services.GetRequiredService<SlackSettings>(),
            services.GetRequiredService<SlackInbound>().ReceiveAsync, services.GetRequiredService<ILogger<SocketMode>>()));
        // Stopped in the opposite order: first nothing more comes in, then what came is worked off.
        services.AddHostedService<SlackDrain>();
        services.AddHostedService<SocketModeService>();
    }
}

/// <summary>At a stop: what was begun is worked off, as far as the host waits for it. The rest is another replica's when its lease has run out.</summary>
sealed class SlackDrain(NudgingProduct product) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await product.InboxWorker.WhenIdleAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
