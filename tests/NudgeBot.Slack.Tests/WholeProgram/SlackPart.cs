using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;
using NudgeBot.Database;
using NudgeBot.Slack.Inbound;
using NudgeBot.Slack.Installing;
using NudgeBot.Tests.WholeProgram;

namespace NudgeBot.Slack.Tests.WholeProgram;

/// <summary>Slack, as a program has it.</summary>
static class SlackPart
{
    /// <param name="limitsTimes">As this Slack's.</param>
    public static async Task<ProgramPart> ReadAsync(
        NpgsqlDataSource source, ProductClock clock, ILoggerFactory logging, IConfiguration environment, CancellationToken cancellation, double limitsTimes = 1)
    {
        var slack = new SlackApp(
            source, clock, SlackConfiguration.Read(environment)! with { LimitsTimes = limitsTimes }, new SecretBox(environment[SecretBox.Setting]!), logging, environment["NUDGEBOT_ORGANIZATION"]);
        await slack.Installations.ResealAsync(cancellation);
        return new ProgramPart(
            slack.Platforms,
            services => services.AddSlack(slack),
            site =>
            {
                site.MapSlack();
                site.MapSlackInstall(slack);
            },
            slack);
    }

    /// <summary>The app's settings at Slack name the addresses of this program.</summary>
    public static void CallFrom(FakeSlack.FakeSlackServer slack, TownProgram program)
    {
        slack.App.EventsUrl = new Uri(program.Address, "/slack/events");
        slack.App.InteractivityUrl = new Uri(program.Address, "/slack/interactivity");
        slack.App.OptionsUrl = new Uri(program.Address, "/slack/options");
        slack.App.CommandsUrl = new Uri(program.Address, "/slack/commands");
    }
}
