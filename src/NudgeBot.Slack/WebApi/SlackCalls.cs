using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Limits;
using NudgeBot.Slack.Installing;

namespace NudgeBot.Slack.WebApi;

/// <summary>
/// Calls Slack within the workspace's limits, and draws the consequences that concern the whole workspace: "too many" closes the method for a while, and
/// a token that was revoked ends the installation.
/// </summary>
public sealed partial class SlackCalls(
    SlackApi api, SlackSettings settings, SlackInstallations installations, NpgsqlDataSource database, ProductClock clock, ILogger<SlackCalls> log)
{
    readonly RateBudgets budgets = new(database);

    /// <summary>What a workspace's messages have for long, once what may leave at once is used up.</summary>
    public double MessagesPerSecond => Of(SlackMethod.ChatPostMessage).PerSecond;

    /// <param name="channel">For <c>chat.postMessage</c>, which has a limit by channel too.</param>
    /// <returns>As <see cref="SlackApi"/>; also <see cref="SlackAnswer.Throttled"/> where our own count says so, and for errors that pass by themselves.</returns>
    public async Task<SlackAnswer> CallAsync(
        Workspace workspace, SlackMethod method, JsonObject arguments, Urgency urgency, string? channel = null, CancellationToken cancellation = default)
    {
        var budget = Of(method);
        Budget[] needed = channel is null ? [budget] : [budget, SlackBudget.OfChannel(channel).Faster(settings.LimitsTimes)];
        var grant = await budgets.TakeAsync(workspace, needed, urgency, cancellation: cancellation);
        if (!grant.IsGranted) return new SlackAnswer.Throttled(grant.Wait);
        if (grant.Wait > Duration.Zero) await Task.Delay(grant.Wait.ToTimeSpan(), WireClock.System, cancellation);

        var answer = await api.CallAsync(workspace, method, arguments, cancellation);
        switch (answer)
        {
            case SlackAnswer.Throttled throttled:
                TooMany(method.Name, workspace.Id, throttled.For.TotalSeconds);
                await budgets.WaitAsync(workspace, budget, throttled.For);
                return throttled;
            case SlackAnswer.Refused refused:
                return await ConsiderAsync(workspace, method, refused);
            case SlackAnswer.NoAnswer none:
                Unanswered(method.Name, workspace.Id, none.Why, none.NeverLeft);
                return none;
            default:
                return answer;
        }
    }

    public Task ForgetQuietChannelsAsync(int organizationId, CancellationToken cancellation) => budgets.ForgetQuietChannelsAsync(organizationId, cancellation);

    Budget Of(SlackMethod method) => SlackBudget.OfMethod(method,
        method == SlackMethod.ChatPostMessage ? settings.MessagesPerMinute
        : method == SlackMethod.ConversationsHistory ? settings.HistoryPerMinute
        : method.PerMinute).Faster(settings.LimitsTimes);

    async Task<SlackAnswer> ConsiderAsync(Workspace workspace, SlackMethod method, SlackAnswer.Refused refused)
    {
        // What was asked for, and no trouble.
        if (refused.Error == SlackError.NobodyFound) return refused;
        Refused(method.Name, workspace.Id, SlackError.Shown(refused.Error), refused.Needed is null ? "none" : SlackError.Shown(refused.Needed));
        switch (SlackError.Of(refused.Error))
        {
            case SlackError.Gone:
                await installations.RevokeAsync(workspace, clock.Now, CancellationToken.None);
                return refused;
            case SlackError.Wait wait:
                return new SlackAnswer.Throttled(wait.For);
            default:
                return refused;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Slack says that {Method} was called too often in workspace {Workspace}; it is not called for {Seconds} seconds.")]
    partial void TooMany(string method, int workspace, double seconds);

    [LoggerMessage(2, LogLevel.Warning, "Slack refused {Method} in workspace {Workspace}: {Error}, missing scope: {Needed}.")]
    partial void Refused(string method, int workspace, string error, string needed);

    [LoggerMessage(3, LogLevel.Warning, "Slack did not answer {Method} in workspace {Workspace}: {Why}; the request never left: {NeverLeft}.")]
    partial void Unanswered(string method, int workspace, string why, bool neverLeft);
}
