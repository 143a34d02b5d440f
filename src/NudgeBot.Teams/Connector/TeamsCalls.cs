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
    /// <summary>A wait that is waited out here. After a longer one the message is claimed anew, which costs half a minute at worst.</summary>
    static readonly Duration Short = Duration.FromSeconds(3);

    /// <summary>With what is late by no more than this, the default rate stays below the smaller of the two limits that Microsoft's documents name.</summary>
    static readonly TimeSpan TooLate = TimeSpan.FromSeconds(0.15);

    readonly RateBudgets budgets = new(database);
    long closedUntil;

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
        var asked = WireClock.System.GetTimestamp();
        while (true)
        {
            var hasLeft = false;
            var answer = await api.CallAsync(call.Method, call.ServiceUrl, call.Path, call.Body, cancellation, async token =>
            {
                var notNow = await WaitForTurnAsync(workspace, needed, urgency, asked, token);
                hasLeft = notNow is null;
                return notNow;
            });
            await ConsiderAsync(workspace, call, needed, answer, hasLeft);
            // Whoever shows answers to people waits for them itself.
            if (urgency == Urgency.Interactive || HasNoPatience(asked, tenant)) return answer;
            if (answer is not TeamsAnswer.Throttled { IsOfConversation: false } throttled || throttled.For > Short) return answer;
            await Task.Delay(throttled.For.ToTimeSpan(), WireClock.System, cancellation);
        }
    }

    /// <summary>
    /// A call that is kept from leaving when it is due would leave together with those that are due later, and Teams counts by the second: it takes another turn.
    /// </summary>
    /// <returns>Null where it is the call's turn.</returns>
    async Task<TeamsAnswer?> WaitForTurnAsync(Workspace workspace, Budget[] needed, Urgency urgency, long asked, CancellationToken cancellation)
    {
        while (true)
        {
            var grant = await budgets.TakeAsync(workspace, needed, urgency, cancellation: cancellation);
            if (!grant.IsGranted) return new TeamsAnswer.Throttled(grant.Wait, IsOfConversation: grant.RefusedBy != needed[0].Name);
            var taken = WireClock.System.GetTimestamp();
            if (grant.Wait > Duration.Zero) await Task.Delay(grant.Wait.ToTimeSpan(), WireClock.System, cancellation);
            if (urgency == Urgency.Interactive) return null;

            var late = WireClock.System.GetElapsedTime(taken) - grant.Wait.ToTimeSpan();
            var isClosed = WireClock.System.GetTimestamp() < Interlocked.Read(ref closedUntil);
            if (!isClosed && late < TooLate / settings.LimitsTimes || HasNoPatience(asked, needed[0])) return null;
        }
    }

    /// <summary>A message's lease is no longer than that allows.</summary>
    static bool HasNoPatience(long asked, Budget tenant) => WireClock.System.GetElapsedTime(asked).TotalSeconds > tenant.Patience;

    async Task ConsiderAsync(Workspace workspace, Call call, Budget[] needed, TeamsAnswer answer, bool hasLeft)
    {
        switch (answer)
        {
            case TeamsAnswer.Throttled throttled when hasLeft:
                TooMany(call.Name, workspace.Id, throttled.For.TotalSeconds, throttled.IsOfConversation);
                // Of too many it does not say whose limit it was: whoever goes on calling makes it longer.
                foreach (var budget in needed.Skip(throttled.IsOfConversation ? 1 : 0)) await budgets.WaitAsync(workspace, budget, throttled.For);
                if (!throttled.IsOfConversation) Close(Duration.Min(throttled.For, Short));
                break;
            case TeamsAnswer.Refused refused:
                Refused(call.Name, workspace.Id, refused.Status, refused.Code.Length == 0 ? "no word" : refused.Code);
                break;
            case TeamsAnswer.NoAnswer none:
                Unanswered(call.Name, workspace.Id, none.Why, none.NeverLeft);
                break;
        }
    }

    /// <summary>For the calls of this process that have their turn already.</summary>
    void Close(Duration wait) =>
        Interlocked.Exchange(ref closedUntil, WireClock.System.GetTimestamp() + (long)(wait.TotalSeconds * WireClock.System.TimestampFrequency));

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
