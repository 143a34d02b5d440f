using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Limits;
using NudgeBot.Nudging;
using NudgeBot.People;
using NudgeBot.Teams.Connector;
using NudgeBot.Teams.Graph;
using NudgeBot.Teams.Installing;
using NudgeBot.Teams.People;
using NudgeBot.Teams.Rendering;

namespace NudgeBot.Teams.Sending;

/// <summary>
/// Messages to people and channels of a Teams tenant. Teams knows no way to find a message again by an id of ours: one that may have been taken is
/// unknown for good, unless the settings want it sent again.
/// </summary>
/// <param name="graph">Null: people are linked when they are heard of, and have the app from elsewhere.</param>
sealed class TeamsPlatform(TeamsCalls calls, TeamsSettings settings, TeamsTenants tenants, NpgsqlDataSource database, ProductClock clock, GraphCalls? graph = null) : IChatPlatform
{
    public const string Platform = "teams";

    /// <summary>After Teams, or the login, could not be reached at all.</summary>
    static readonly Duration Unreachable = Duration.FromSeconds(30);

    readonly PersonalChats chats = new(calls, settings, tenants, database, clock, graph);
    readonly TeamsPeople? people = graph is null ? null : new TeamsPeople(graph, database, clock);

    public string Name => Platform;

    /// <summary>As many as are under way at a time: a message may wait its turn for the chat and for itself, and its lease must last for both.</summary>
    public int BatchSize => 50;

    public double? PerSecond => settings.BulkPerSecond * settings.LimitsTimes;

    public async Task<SendResult> SendAsync(Outgoing outgoing, CancellationToken cancellation)
    {
        if (outgoing.Conversation == outgoing.Recipient) return await PostAsync(outgoing, cancellation);
        var result = await TellAsync(outgoing, cancellation);
        return result is SendResult.Refused { Reason: FailReason.BlockedByUser } && await chats.IsRemovedAsync(outgoing.Workspace, outgoing.Recipient, cancellation)
            ? new SendResult.Refused(FailReason.NotInstalled)
            : result;
    }

    public async Task PrepareAsync(int organizationId, Profiles profiles, CancellationToken cancellation)
    {
        // The token is this tenant's, and so is the directory.
        if (people is not null && await tenants.FindAsync(settings.TenantId, cancellation) is { } own && own.OrganizationId == organizationId)
        {
            await people.ReadAsync(own, profiles, cancellation);
            // Where nobody has the app yet, installing it is what makes Teams tell where conversations are.
            if (settings.Installs) await chats.OpenAheadAsync(own, cancellation);
        }
        if (!settings.Installs)
            await Task.WhenAll((await tenants.ReachableAsync(organizationId, cancellation)).Select(workspace => chats.OpenAheadAsync(workspace, cancellation)));
        await calls.ForgetQuietConversationsAsync(organizationId, cancellation);
    }

    /// <summary>
    /// A chat that Teams does not find, which it certainly has not written to, is created once more: the tenant's conversations may be somewhere else now.
    /// </summary>
    async Task<SendResult> TellAsync(Outgoing outgoing, CancellationToken cancellation)
    {
        var activity = ActivityOf(outgoing);
        if (ConversationReference.Parse(outgoing.Conversation) is { } known)
        {
            var answer = await calls.SendAsync(outgoing.Workspace, known, activity, Urgency.Bulk, cancellation);
            if (!TeamsError.IsGone(answer)) return Sent(answer);
            await chats.ForgetAsync(outgoing.Workspace, outgoing.Recipient, known);
        }

        var opened = await chats.OpenAsync(outgoing.Workspace, outgoing.Recipient, Urgency.Bulk, cancellation);
        if (opened.Where is not { } chat) return NotOpened(opened.Failed!);
        var sent = await calls.SendAsync(outgoing.Workspace, chat, activity, Urgency.Bulk, cancellation);
        if (TeamsError.IsGone(sent)) await chats.ForgetAsync(outgoing.Workspace, outgoing.Recipient, chat);
        return Sent(sent);
    }

    /// <summary>A channel that Teams does not find is looked for where the tenant's newest activity came from.</summary>
    async Task<SendResult> PostAsync(Outgoing outgoing, CancellationToken cancellation)
    {
        var activity = ActivityOf(outgoing);
        var newest = await tenants.ServiceUrlAsync(outgoing.Workspace, cancellation);
        // A channel's bare id is what an admin copies.
        var channel = ConversationReference.Parse(outgoing.Recipient) ?? (newest is null ? null : new ConversationReference(newest, outgoing.Recipient));
        if (channel is null) return Refused(new TeamsAnswer.Refused(TeamsError.Forbidden, TeamsError.NoServiceUrl));

        var answer = await PostAsync(outgoing, channel, activity, cancellation);
        if (TeamsError.IsGone(answer) && newest is not null && newest != channel.ServiceUrl)
            answer = await PostAsync(outgoing, channel with { ServiceUrl = newest }, activity, cancellation);
        return Sent(answer);
    }

    Task<TeamsAnswer> PostAsync(Outgoing outgoing, ConversationReference channel, JsonObject activity, CancellationToken cancellation) => outgoing.Below is { Length: > 0 } below
        ? calls.SendAsync(outgoing.Workspace, channel.Below(below), activity, Urgency.Bulk, cancellation)
        : calls.StartThreadAsync(outgoing.Workspace, channel, activity, Urgency.Bulk, cancellation);

    JsonObject ActivityOf(Outgoing outgoing)
    {
        var message = AdaptiveCards.Message(outgoing.Message, outgoing.Locale, settings.HasDialogs);
        return new JsonObject { ["type"] = "message", ["summary"] = message.Summary, ["attachments"] = new JsonArray(message.Attachment) };
    }

    /// <summary>Creating a chat shows nothing to anybody: whatever became of it, no message was sent.</summary>
    static SendResult NotOpened(TeamsAnswer answer) => answer.Match<SendResult>(
        ok => throw new InvalidOperationException("It was opened."),
        Refused,
        throttled => new SendResult.Throttled(throttled.For, throttled.IsOfConversation),
        noAnswer => new SendResult.Throttled(Unreachable));

    SendResult Sent(TeamsAnswer answer) => answer.Match<SendResult>(
        ok => new SendResult.Taken(IdOf(ok.Body)),
        Refused,
        throttled => new SendResult.Throttled(throttled.For, throttled.IsOfConversation),
        noAnswer => noAnswer.NeverLeft || settings.RetriesAmbiguous ? new SendResult.Throttled(Unreachable) : new SendResult.NoAnswer());

    static SendResult Refused(TeamsAnswer.Refused refused) => TeamsError.Of(refused).Match<SendResult>(
        final => new SendResult.Refused(final.Reason),
        wait => new SendResult.Throttled(wait.For));

    /// <returns>Of a new thread the message that it begins with. Empty where Teams took it and said no more: nothing can be put below it.</returns>
    static string IdOf(JsonElement body) => Text(body, "activityId") ?? (Text(body, "id") is { } id ? ConversationReference.ThreadOf(id) ?? id : "");

    static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
