using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Limits;
using NudgeBot.Nudging;
using NudgeBot.People;
using NudgeBot.Slack.People;
using NudgeBot.Slack.Rendering;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack.Sending;

/// <summary>Messages to people and channels of Slack workspaces.</summary>
public sealed class SlackPlatform(SlackCalls calls, NpgsqlDataSource database, ProductClock clock) : IChatPlatform
{
    public const string Platform = "slack";

    /// <summary>After Slack could not be reached at all.</summary>
    static readonly Duration Unreachable = Duration.FromSeconds(30);

    readonly DirectChannels channels = new(calls, database, clock);
    readonly SentMessages sent = new(calls);
    readonly SlackPeople people = new(calls, database, clock);

    public string Name => Platform;

    /// <summary>Seconds' worth of messages: what several replicas have begun waits its turn together, and must not be more than may wait.</summary>
    public int BatchSize => 20;

    public double? PerSecond => calls.MessagesPerSecond;

    public bool CanBeAsked => true;

    public async Task<SendResult> SendAsync(Outgoing outgoing, CancellationToken cancellation)
    {
        var channel = outgoing.Conversation;
        if (channel is null)
        {
            var opened = await channels.OpenAsync(outgoing.Workspace, outgoing.Recipient, Urgency.Bulk, cancellation);
            if (opened is not SlackAnswer.Ok ok) return NotOpened(opened);
            channel = DirectChannels.IdOf(ok);
        }

        var message = BlockKit.Message(outgoing.Message, outgoing.Locale);
        var arguments = new JsonObject
        {
            ["channel"] = channel,
            ["text"] = message.Text,
            ["blocks"] = message.Blocks,
            ["metadata"] = NudgeMetadata.Of(outgoing.NudgeId),
            ["unfurl_links"] = false,
            ["unfurl_media"] = false,
        };
        var answer = await calls.CallAsync(outgoing.Workspace, SlackMethod.ChatPostMessage, arguments, Urgency.Bulk, channel, cancellation);
        if (answer is SlackAnswer.Refused { Error: "channel_not_found" } && outgoing.Conversation is not null)
            await channels.ForgetAsync(outgoing.Workspace, outgoing.Recipient);
        return Posted(answer);
    }

    public async Task<AskResult> AskAsync(Question question, CancellationToken cancellation) =>
        // A direct channel is stored before anything is posted to it.
        question.Conversation is null ? new AskResult.NotThere()
            // What is said in a team's channel is not the app's to read: it does not ask for that scope.
            : question.Conversation == question.Recipient ? new AskResult.CannotTell()
            : await sent.FindAsync(question.Workspace, question.Conversation, question.NudgeId, question.Since, cancellation);

    public async Task PrepareAsync(int organizationId, Profiles profiles, CancellationToken cancellation)
    {
        // Side by side: each waits for its own limits.
        await Task.WhenAll((await InstalledAsync(organizationId, cancellation)).Select(workspace => PrepareAsync(workspace, profiles, cancellation)));
        await calls.ForgetQuietChannelsAsync(organizationId, cancellation);
    }

    async Task PrepareAsync(Workspace workspace, Profiles profiles, CancellationToken cancellation)
    {
        await people.ReadAsync(workspace, profiles, cancellation);
        await channels.OpenAheadAsync(workspace, cancellation);
    }

    /// <summary>Opening a channel shows nothing to anybody: whatever became of it, no message was sent.</summary>
    static SendResult NotOpened(SlackAnswer answer) => answer.Match<SendResult>(
        ok => throw new InvalidOperationException("It was opened."),
        Refused,
        throttled => new SendResult.Throttled(throttled.For),
        noAnswer => new SendResult.Throttled(Unreachable));

    static SendResult Posted(SlackAnswer answer) => answer.Match<SendResult>(
        ok => ok.Body.TryGetProperty("ts", out var ts) && ts.ValueKind == JsonValueKind.String ? new SendResult.Taken(ts.GetString()!) : new SendResult.NoAnswer(),
        Refused,
        throttled => new SendResult.Throttled(throttled.For),
        noAnswer => noAnswer.NeverLeft ? new SendResult.Throttled(Unreachable) : new SendResult.NoAnswer());

    static SendResult Refused(SlackAnswer.Refused refused) => SlackError.Of(refused.Error).Match<SendResult>(
        final => new SendResult.Refused(final.Reason),
        gone => new SendResult.Refused(FailReason.NotInstalled),
        wait => new SendResult.Throttled(wait.For),
        unsure => new SendResult.NoAnswer());

    async Task<IReadOnlyList<Workspace>> InstalledAsync(int organizationId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return [.. (await connection.QueryAsync<int>("""
            select workspace_id from slack_installations where organization_id = @organizationId and revoked_at is null order by workspace_id
            """, new { organizationId })).Select(id => new Workspace(organizationId, id))];
    }
}
