using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Limits;

namespace NudgeBot.Teams.Connector;

/// <summary>Calls Teams within the tenant's and the conversation's limits.</summary>
sealed partial class TeamsCalls(TeamsApi api, TeamsSettings settings, NpgsqlDataSource database, ILogger<TeamsCalls> log)
{
    readonly RateBudgets budgets = new(database);
    readonly Pace pace = new(settings.BulkPerSecond * settings.LimitsTimes, WireClock.System);

    /// <summary>A personal chat with somebody; the same one each time. The body's <c>id</c> names it.</summary>
    /// <param name="user">The id of the person in the tenant's directory.</param>
    public Task<TeamsAnswer> CreateConversationAsync(Workspace workspace, Uri serviceUrl, string user, Urgency urgency, CancellationToken cancellation)
    {
        var asked = Conversation(isGroup: false);
        asked["members"] = new JsonArray(new JsonObject { ["id"] = user });
        asked["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = settings.TenantId } };
        return CallAsync(workspace, new Call("create", HttpMethod.Post, serviceUrl, "conversations", asked), urgency, conversation: null, cancellation);
    }

    /// <summary>A new thread in a channel. The body's <c>activityId</c> is the message's, and <c>id</c> names the thread.</summary>
    public Task<TeamsAnswer> StartThreadAsync(Workspace workspace, ConversationReference channel, JsonObject activity, Urgency urgency, CancellationToken cancellation)
    {
        var id = ConversationReference.WithoutThread(channel.Id);
        var asked = Conversation(isGroup: true);
        asked["channelData"] = new JsonObject { ["channel"] = new JsonObject { ["id"] = id } };
        asked["activity"] = activity.DeepClone();
        return CallAsync(workspace, new Call("thread", HttpMethod.Post, channel.ServiceUrl, "conversations", asked), urgency, id, cancellation);
    }

    /// <summary>The body's <c>id</c> is the message's.</summary>
    /// <param name="replyTo">The message below which it stands; null: none.</param>
    public Task<TeamsAnswer> SendAsync(
        Workspace workspace, ConversationReference where, JsonObject activity, Urgency urgency, CancellationToken cancellation, string? replyTo = null)
    {
        var path = replyTo is null ? $"{PathOf(where)}/activities" : $"{PathOf(where)}/activities/{Uri.EscapeDataString(replyTo)}";
        return CallAsync(workspace, new Call("send", HttpMethod.Post, where.ServiceUrl, path, activity), urgency, where.Id, cancellation);
    }

    public Task<TeamsAnswer> UpdateAsync(Workspace workspace, ConversationReference where, string message, JsonObject activity, CancellationToken cancellation) => CallAsync(
        workspace, new Call("update", HttpMethod.Put, where.ServiceUrl, $"{PathOf(where)}/activities/{Uri.EscapeDataString(message)}", activity), Urgency.Interactive, where.Id, cancellation);

    /// <summary>Who somebody in a conversation is: name, e-mail, directory id.</summary>
    public Task<TeamsAnswer> MemberAsync(Workspace workspace, ConversationReference where, string member, Urgency urgency, CancellationToken cancellation) => CallAsync(
        workspace, new Call("member", HttpMethod.Get, where.ServiceUrl, $"{PathOf(where)}/members/{Uri.EscapeDataString(member)}", Body: null), urgency, conversation: null, cancellation);

    public Task ForgetQuietConversationsAsync(int organizationId, CancellationToken cancellation) => budgets.ForgetQuietChannelsAsync(organizationId, cancellation);

    /// <param name="conversation">Whose limit counts besides the tenant's; null: none's.</param>
    async Task<TeamsAnswer> CallAsync(Workspace workspace, Call call, Urgency urgency, string? conversation, CancellationToken cancellation)
    {
        var tenant = TeamsBudget.OfTenant(settings.BulkPerSecond).Faster(settings.LimitsTimes);
        Budget[] needed = conversation is null ? [tenant] : [tenant, TeamsBudget.OfConversation(conversation).Faster(settings.LimitsTimes)];
        var grant = await budgets.TakeAsync(workspace, needed, urgency, cancellation: cancellation);
        if (!grant.IsGranted) return new TeamsAnswer.Throttled(grant.Wait, IsOfConversation: grant.RefusedBy != tenant.Name);
        if (grant.Wait > Duration.Zero) await Task.Delay(grant.Wait.ToTimeSpan(), WireClock.System, cancellation);
        var turn = pace.Take(atOnce: urgency == Urgency.Interactive);
        if (turn > TimeSpan.Zero) await Task.Delay(turn, WireClock.System, cancellation);

        var answer = await api.CallAsync(call.Method, call.ServiceUrl, call.Path, call.Body, cancellation);
        switch (answer)
        {
            case TeamsAnswer.Throttled throttled:
                TooMany(call.Name, workspace.Id, throttled.For.TotalSeconds, throttled.IsOfConversation);
                // Of too many it does not say whose limit it was: whoever goes on calling makes it longer.
                foreach (var budget in needed.Where(budget => budget != tenant || !throttled.IsOfConversation)) await budgets.WaitAsync(workspace, budget, throttled.For);
                break;
            case TeamsAnswer.Refused refused:
                Refused(call.Name, workspace.Id, refused.Status, refused.Code.Length == 0 ? "no word" : refused.Code);
                break;
            case TeamsAnswer.NoAnswer none:
                Unanswered(call.Name, workspace.Id, none.Why, none.NeverLeft);
                break;
        }
        return answer;
    }

    JsonObject Conversation(bool isGroup) => new()
    {
        ["isGroup"] = isGroup,
        ["bot"] = new JsonObject { ["id"] = settings.BotId },
        ["tenantId"] = settings.TenantId,
    };

    static string PathOf(ConversationReference where) => $"conversations/{Uri.EscapeDataString(where.Id)}";

    /// <param name="Name">For the log, where conversations and people are not named.</param>
    sealed record Call(string Name, HttpMethod Method, Uri ServiceUrl, string Path, JsonObject? Body);

    [LoggerMessage(1, LogLevel.Warning, "Teams says that it was called too often ({Call}, workspace {Workspace}); it is not called for {Seconds} seconds. In this conversation only: {InConversation}.")]
    partial void TooMany(string call, int workspace, double seconds, bool inConversation);

    [LoggerMessage(2, LogLevel.Warning, "Teams refused a call ({Call}, workspace {Workspace}): {Status} {Code}.")]
    partial void Refused(string call, int workspace, int status, string code);

    [LoggerMessage(3, LogLevel.Warning, "Teams did not answer a call ({Call}, workspace {Workspace}): {Why}; the request never left: {NeverLeft}.")]
    partial void Unanswered(string call, int workspace, string why, bool neverLeft);
}
