using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NudgeBot.People;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack.Installing;

/// <summary>
/// The workspace that is given by environment: asked for at every start, so that a token that was exchanged counts at once. A Slack that does not answer
/// keeps nobody from starting: it is asked again, and until then goes on what the database knows.
/// </summary>
public sealed class SlackConnecting(SlackApp slack) : BackgroundService
{
    static readonly TimeSpan Between = TimeSpan.FromSeconds(30);

    /// <exception cref="SettingException">Slack refuses the token, or the workspace is another organization's: nothing would go out.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (slack.Settings.BotToken is not { } token || await TryAsync(token, cancellationToken)) return;
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        do await Task.Delay(Between, WireClock.System, stoppingToken);
        while (!await TryLaterAsync(stoppingToken));
    }

    async Task<bool> TryLaterAsync(CancellationToken cancellation)
    {
        try
        {
            return await TryAsync(slack.Settings.BotToken!, cancellation);
        }
        catch (SettingException refused)
        {
            // The service runs by now: it is said, and whatever else it does goes on.
            slack.Logger.LogError("{Refused}", refused.Message);
            return true;
        }
    }

    /// <returns>False where Slack did not answer.</returns>
    async Task<bool> TryAsync(string token, CancellationToken cancellation)
    {
        var (answer, scopes) = await slack.OAuth.TestAsync(token, cancellation);
        return await answer.Match(
            async ok =>
            {
                await InstallAsync(SlackGrant.OfTest(ok.Body, scopes, token) ?? throw new SettingException("SLACK_BOT_TOKEN: Slack tells no workspace for it."), cancellation);
                return true;
            },
            refused => throw new SettingException($"Slack refuses SLACK_BOT_TOKEN ({refused.Error}): copy it again from OAuth & Permissions. What each word means: docs/install-slack.md."),
            throttled => LaterAsync("it asks to wait"),
            noAnswer => LaterAsync(noAnswer.Why));
    }

    async Task InstallAsync(SlackGrant grant, CancellationToken cancellation)
    {
        var organizationId = await Organizations.FindAsync(slack.Database, slack.Organization, cancellation)
            ?? await Organizations.FindAsync(slack.Database, name: null, cancellation)
            ?? throw new SettingException("Several organizations use this database: name the Slack workspace's with NUDGEBOT_ORGANIZATION.");
        if (await slack.Installations.InstallAsync(organizationId, grant, cancellation) is not { } workspace)
            throw new SettingException("The workspace of SLACK_BOT_TOKEN belongs to another organization of this database. Name that one with NUDGEBOT_ORGANIZATION.");
        slack.Logger.LogInformation("Slack: workspace {Workspace} is connected.", workspace.Id);
        if (SlackScopes.MissingFrom(grant.Scopes) is { Count: > 0 } missing)
            slack.Logger.LogWarning("Slack: the app lacks {Scopes}. Bring its manifest up to date, then install it again in the workspace.", string.Join(", ", missing));
    }

    Task<bool> LaterAsync(string why)
    {
        slack.Logger.LogWarning("Slack does not answer ({Why}); it is asked again in {Seconds} seconds.", why, Between.TotalSeconds);
        return Task.FromResult(false);
    }
}
