using System.Text.Json.Nodes;
using Dapper;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Limits;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack.Sending;

/// <summary>The channels in which the bot talks to one person each. Opened once and stored; opening one that is open gives the same.</summary>
sealed class DirectChannels(SlackCalls calls, NpgsqlDataSource database, ProductClock clock)
{
    /// <summary>Channels opened in one go: one after the other, each when its turn comes, they take the minute until the next go.</summary>
    const int AtATime = 48;

    /// <summary>The channel's id is in the answer, <see cref="IdOf"/>, and stored.</summary>
    public async Task<SlackAnswer> OpenAsync(Workspace workspace, string user, Urgency urgency, CancellationToken cancellation)
    {
        var answer = await calls.CallAsync(workspace, SlackMethod.ConversationsOpen, new JsonObject { ["users"] = user }, urgency, cancellation: cancellation);
        if (answer is SlackAnswer.Ok ok) await StoreAsync(workspace, user, IdOf(ok));
        return answer;
    }

    /// <exception cref="InvalidOperationException">Slack said "ok" and named no channel.</exception>
    public static string IdOf(SlackAnswer.Ok opened) =>
        opened.Body.TryGetProperty("channel", out var channel) && channel.TryGetProperty("id", out var id) && id.GetString() is { Length: > 0 } text
            ? text
            : throw new InvalidOperationException("Slack opened a direct channel and did not say which.");

    /// <summary>A channel that is not there any more is opened anew the next time.</summary>
    public Task ForgetAsync(Workspace workspace, string user) => SetAsync(workspace, user, null, null);

    /// <summary>
    /// Those who are waited for first, then the others; ends where the limit does. Whom Slack refuses is remembered with its reason, and not asked for
    /// again before the people of the workspace are read anew.
    /// </summary>
    public async Task OpenAheadAsync(Workspace workspace, CancellationToken cancellation)
    {
        foreach (var user in await WithoutChannelAsync(workspace, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            var answer = await OpenAsync(workspace, user, Urgency.Bulk, cancellation);
            if (answer is SlackAnswer.Refused refused && SlackError.Of(refused.Error) is SlackError.Final { Reason: Nudging.FailReason.NoChannel })
                await SetAsync(workspace, user, null, refused.Error);
            else if (answer is not SlackAnswer.Ok) return;
        }
    }

    async Task<IReadOnlyList<string>> WithoutChannelAsync(Workspace workspace, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<string>("""
            select a.external_id
            from accounts a join persons p on p.id = a.person_id
            left join lateral (select min(n.due_at) as due_at from nudges n where n.person_id = p.id and n.outcome = 'pending') next on true
            where a.organization_id = @OrganizationId and a.workspace_id = @Id and a.conversation is null and a.unreachable is null
              and p.account_id = a.id and p.opted_out_at is null and coalesce(p.left_on > (@now at time zone p.time_zone)::date, true)
            order by next.due_at nulls last, a.id
            limit @AtATime
            """, new { workspace.OrganizationId, workspace.Id, now = clock.Now, AtATime })).AsList();
    }

    Task StoreAsync(Workspace workspace, string user, string channel) => SetAsync(workspace, user, channel, null);

    async Task SetAsync(Workspace workspace, string user, string? conversation, string? unreachable)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await connection.ExecuteAsync("""
            update accounts set conversation = @conversation, unreachable = @unreachable
            where organization_id = @OrganizationId and workspace_id = @Id and external_id = @user
            """, new { workspace.OrganizationId, workspace.Id, user, conversation, unreachable });
    }
}
