using Microsoft.Extensions.Hosting;

namespace NudgeBot.Slack.Inbound;

/// <summary>Listens while the program runs, where an app-level token is set.</summary>
sealed class SocketModeService(SocketMode socketMode, SlackSettings settings) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => settings.AppToken is null ? Task.CompletedTask : socketMode.RunAsync(stoppingToken);
}
