using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NudgeBot.People;
using NudgeBot.Teams.Connector;

namespace NudgeBot.Teams.Installing;

/// <summary>Makes the workspace of the tenant at every start, and sees whether the login knows the bot. A login that does not answer keeps nobody from starting.</summary>
sealed class TeamsConnecting(TeamsApp teams) : IHostedService
{
    /// <exception cref="SettingException">The login refuses the bot, or the tenant is another organization's: nothing would go out.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var organizationId = await Organizations.FindAsync(teams.Database, teams.Organization, cancellationToken)
            ?? await Organizations.FindAsync(teams.Database, name: null, cancellationToken)
            ?? throw new SettingException("Several organizations use this database: name the Teams tenant's with NUDGEBOT_ORGANIZATION.");
        if (await teams.Tenants.ConnectAsync(organizationId, teams.Settings, cancellationToken) is not { } workspace)
            throw new SettingException("The tenant of TEAMS_TENANT_ID belongs to another organization of this database. Name that one with NUDGEBOT_ORGANIZATION.");

        if ((await teams.Tokens.GetAsync(refused: null, cancellationToken)).Failed is TeamsAnswer.Refused)
            throw new SettingException($"Microsoft's login refuses the bot ({teams.Tokens.Refusal}): check TEAMS_APP_ID, TEAMS_TENANT_ID, and that its secret or certificate is "
                + "the app's and has not expired.");
        teams.Logger.LogInformation("Teams: workspace {Workspace} is connected.", workspace.Id);
        if (teams.Settings is { UsesGraph: true, Installs: false })
            teams.Logger.LogInformation("Teams: NUDGEBOT_TEAMS_CATALOG_APP is not set, so people are read from Microsoft Graph and the app is installed for nobody.");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
