using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack.Inbound;

/// <summary>Listens while the program runs, where an app-level token is set.</summary>
sealed class SocketModeService(SlackApi api, SlackSettings settings, SlackInbound inbound, ILogger<SocketMode> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        settings.AppToken is null ? Task.CompletedTask : new SocketMode(api, settings, inbound.ReceiveAsync, log).RunAsync(stoppingToken);
}
