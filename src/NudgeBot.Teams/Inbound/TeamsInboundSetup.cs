using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NudgeBot.Teams.Connector;
using NudgeBot.Teams.Installing;
using NudgeBot.Teams.Sending;

namespace NudgeBot.Teams.Inbound;

public static class TeamsInboundSetup
{
    /// <summary>Needs the product, <see cref="TeamsSettings"/>, <see cref="TeamsCalls"/> and <see cref="TeamsTenants"/> beside it.</summary>
    public static void AddTeamsInbound(this IServiceCollection services)
    {
        services.AddTeamsAdmission();
        services.AddSingleton(services =>
        {
            var product = services.GetRequiredService<NudgingProduct>();
            return new PersonalChats(
                services.GetRequiredService<TeamsCalls>(), services.GetRequiredService<TeamsSettings>(), services.GetRequiredService<TeamsTenants>(), product.Database, product.Clock);
        });
        services.AddSingleton<TeamsSenders>();
        services.AddSingleton<TeamsReplies>();
        services.AddSingleton<TeamsConversing>();
        services.AddSingleton<TeamsInvokes>();
        services.AddSingleton<TeamsInbound>();
        services.AddHostedService<TeamsDrain>();
    }
}

/// <summary>At a stop: what was begun is worked off, as far as the host waits for it. The rest is another replica's when its lease has run out.</summary>
sealed class TeamsDrain(NudgingProduct product) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await product.InboxWorker.WhenIdleAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
