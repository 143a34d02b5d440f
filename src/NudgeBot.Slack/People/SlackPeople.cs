using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack.People;

/// <summary>
/// Reads who is in a workspace, once a day and after an install, and links their accounts to persons by e-mail. A page and the cursor of the next are stored
/// together, so that a reading goes on where it was broken off.
/// </summary>
sealed class SlackPeople(SlackCalls calls, NpgsqlDataSource database, ProductClock clock)
{
    /// <summary>What Slack recommends.</summary>
    const int PageSize = 200;

    static readonly Duration Every = Duration.FromDays(1);

    /// <summary>As many pages as the limit leaves now; nothing where the last reading is not a day old.</summary>
    public async Task ReadAsync(Workspace workspace, CancellationToken cancellation)
    {
        var cursor = await DueCursorAsync(workspace, cancellation);
        while (cursor is not null)
        {
            cancellation.ThrowIfCancellationRequested();
            var arguments = new JsonObject { ["limit"] = PageSize };
            if (cursor.Length > 0) arguments["cursor"] = cursor;
            var answer = await calls.CallAsync(workspace, SlackMethod.UsersList, arguments, Urgency.Bulk, cancellation: cancellation);
            if (answer is SlackAnswer.Refused { Error: "invalid_cursor" })
            {
                // Cursors do not live for ever: the next run begins anew.
                await StoreAsync(workspace, [], cursor: "", finishedAt: null);
                return;
            }
            if (answer is not SlackAnswer.Ok page) return;

            var next = NextCursor.Of(page.Body);
            await StoreAsync(workspace, Members(page.Body), next, finishedAt: next.Length == 0 ? clock.Now : null);
            cursor = next.Length > 0 ? next : null;
        }
    }

    /// <summary>One user, who joined or changed.</summary>
    public async Task ReadOneAsync(Workspace workspace, string user, CancellationToken cancellation)
    {
        var answer = await calls.CallAsync(workspace, SlackMethod.UsersInfo, new JsonObject { ["user"] = user }, Urgency.Interactive, cancellation: cancellation);
        if (answer is not SlackAnswer.Ok ok || !ok.Body.TryGetProperty("user", out var found) || Member.Read(found) is not { } member) return;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await new AccountLinks(connection, transaction, workspace).LinkAsync([member]);
        await transaction.CommitAsync(cancellation);
    }

    static List<Member> Members(JsonElement body) =>
        body.TryGetProperty("members", out var members) && members.ValueKind == JsonValueKind.Array
            ? [.. members.EnumerateArray().Select(Member.Read).OfType<Member>().DistinctBy(member => member.Id)]
            : [];

    /// <returns>Null where nothing is to be read now.</returns>
    async Task<string?> DueCursorAsync(Workspace workspace, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var read = await connection.QuerySingleOrDefaultAsync<(string Cursor, Instant? FinishedAt)?>("""
            select cursor, finished_at from slack_people_reads where organization_id = @OrganizationId and workspace_id = @Id
            """, workspace);
        return read is not var (cursor, finishedAt) ? ""
            : cursor.Length > 0 || finishedAt is null || finishedAt + Every <= clock.Now ? cursor
            : null;
    }

    /// <param name="finishedAt">Null while there is more to read: the time of the reading before is kept.</param>
    async Task StoreAsync(Workspace workspace, IReadOnlyList<Member> members, string cursor, Instant? finishedAt)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        await new AccountLinks(connection, transaction, workspace).LinkAsync(members);
        await connection.ExecuteAsync("""
            insert into slack_people_reads (organization_id, workspace_id, cursor, finished_at) values (@OrganizationId, @Id, @cursor, @finishedAt)
            on conflict (workspace_id) do update
            set cursor = excluded.cursor, finished_at = coalesce(excluded.finished_at, slack_people_reads.finished_at)
            """, new { workspace.OrganizationId, workspace.Id, cursor, finishedAt }, transaction);
        await transaction.CommitAsync();
    }
}
