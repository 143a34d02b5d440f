using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;
using NudgeBot.FakeTeams;
using NudgeBot.Teams.Inbound;
using NudgeBot.Teams.Installing;
using NudgeBot.Teams.Tests.Connector;
using NudgeBot.Tests.WholeProgram;

namespace NudgeBot.Teams.Tests.WholeProgram;

/// <summary>Teams, as a program has it.</summary>
static class TeamsPart
{
    /// <summary>What an operator sets, and where this Teams is instead of Microsoft's.</summary>
    public static Dictionary<string, string?> Settings(FakeTeamsServer teams) => new()
    {
        ["TEAMS_APP_ID"] = teams.Bot.AppId,
        ["TEAMS_TENANT_ID"] = teams.Bot.TenantId,
        ["TEAMS_APP_PASSWORD"] = teams.Bot.Secret,
        ["NUDGEBOT_TEAMS_LOGIN"] = teams.LoginAuthority.AbsoluteUri,
        ["NUDGEBOT_TEAMS_KEYS"] = teams.BotFramework.OpenIdMetadata.AbsoluteUri,
    };

    /// <param name="limitsTimes">As this Teams'.</param>
    public static ProgramPart Read(FakeTeamsServer teams, NpgsqlDataSource source, ProductClock clock, ILoggerFactory logging, IConfiguration environment, double limitsTimes = 1)
    {
        var app = new TeamsApp(source, clock, TeamsConfiguration.Read(environment)! with { LimitsTimes = limitsTimes }, logging, environment["NUDGEBOT_ORGANIZATION"], inDevelopment: true, TrustingLogin.Of(teams));
        return new ProgramPart(
            app.Platforms,
            services =>
            {
                services.AddTeams(app);
                services.AddTeamsInbound();
            },
            site => site.MapTeams(),
            app);
    }

    /// <summary>The bot's messaging endpoint is this program's.</summary>
    public static void CallFrom(FakeTeamsServer teams, TownProgram program) => teams.Bot.MessagesUrl = new Uri(program.Address, TeamsEndpoint.Path);
}
