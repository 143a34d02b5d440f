using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Database;
using NudgeBot.Limits;
using NudgeBot.People;
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

    const int ManyLinked = 1000;

    static readonly Duration Every = Duration.FromDays(1);

    readonly SlackNewcomers newcomers = new(calls, database);

    /// <summary>As many pages as the limit leaves now; nothing where the last reading is not a day old.</summary>
    public async Task ReadAsync(Workspace workspace, Profiles profiles, CancellationToken cancellation)
    {
        // First, as many of them begin a reading.
        await newcomers.LookForAsync(workspace, profiles, cancellation);
        var linked = 0;
        var cursor = await DueCursorAsync(workspace, cancellation);
        while (cursor is not null && await ReadPageAsync(workspace, profiles, cursor, cancellation) is { } page)
        {
            linked += page.Linked;
            cursor = page.Next;
        }
        // The server gathers statistics a minute later by itself; until then it would guess, and join the next pages badly.
        if (linked > ManyLinked) await AnalyzeAsync(cancellation);
    }

    /// <returns>Null where the reading ends for now: Slack gave no page, or an install began it anew meanwhile.</returns>
    async Task<ReadPage?> ReadPageAsync(Workspace workspace, Profiles profiles, string cursor, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var arguments = new JsonObject { ["limit"] = PageSize, ["include_locale"] = true };
        if (cursor.Length > 0) arguments["cursor"] = cursor;
        var answer = await calls.CallAsync(workspace, SlackMethod.UsersList, arguments, Urgency.Bulk, cancellation: cancellation);
        // Cursors do not live for ever: the next run begins anew.
        if (answer is SlackAnswer.Refused { Error: "invalid_cursor" }) await StoreAsync(workspace, profiles, [], cursor, next: "", finishedAt: null);
        if (answer is not SlackAnswer.Ok page) return null;

        var next = NextCursor.Of(page.Body);
        var linked = await StoreAsync(workspace, profiles, Members(page.Body), cursor, next, finishedAt: next.Length == 0 ? clock.Now : null);
        return linked is null ? null : new ReadPage(linked.Value, next.Length > 0 ? next : null);
    }

    /// <summary>One user, who is new to us, joined or changed.</summary>
    /// <returns>Null where Slack tells nothing of such a user.</returns>
    /// <exception cref="SlackSilentException">Slack did not answer, or is not to be asked now: nobody knows yet.</exception>
    public async Task<Member?> ReadOneAsync(Workspace workspace, Profiles profiles, string user, Urgency urgency, CancellationToken cancellation)
    {
        var arguments = new JsonObject { ["user"] = user, ["include_locale"] = true };
        var member = (await calls.CallAsync(workspace, SlackMethod.UsersInfo, arguments, urgency, cancellation: cancellation)).Match(
            ok => ok.Body.TryGetProperty("user", out var found) ? Member.Read(found) : null,
            refused => null,
            throttled => throw new SlackSilentException("users.info: throttled"),
            noAnswer => throw new SlackSilentException($"users.info: {noAnswer.Why}"));
        if (member is null) return null;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await TakeAsync(connection, transaction, workspace, profiles, [member], cancellation);
        await transaction.CommitAsync(cancellation);
        return member;
    }

    /// <summary>Who is linked has the zone and locale of the profile. One at a time, and not while a roster comes in: both write the same people.</summary>
    /// <returns>How many accounts are linked anew.</returns>
    internal static async Task<int> TakeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Workspace workspace, Profiles profiles, IReadOnlyList<Member> members, CancellationToken cancellation)
    {
        if (members.Count == 0) return 0;
        await ImportLock.TakeAsync(connection, transaction, workspace.OrganizationId, cancellation);
        var linked = await new AccountLinks(connection, transaction, workspace).LinkAsync(members);
        await profiles.TakeAsync(connection, transaction, workspace, [.. members.Select(member => member.Profile)]);
        return linked;
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
    /// <returns>How many accounts are linked anew; null where an install began the reading anew meanwhile: then its cursor counts.</returns>
    async Task<int?> StoreAsync(Workspace workspace, Profiles profiles, IReadOnlyList<Member> members, string cursor, string next, Instant? finishedAt)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        var linked = await TakeAsync(connection, transaction, workspace, profiles, members, CancellationToken.None);
        var stored = await connection.ExecuteAsync("""
            insert into slack_people_reads (organization_id, workspace_id, cursor, finished_at, people_to)
            values (@OrganizationId, @Id, @next, @finishedAt, (select coalesce(max(id), 0) from persons where organization_id = @OrganizationId))
            on conflict (workspace_id) do update
            set cursor = excluded.cursor, finished_at = coalesce(excluded.finished_at, slack_people_reads.finished_at),
                people_to = case when @cursor = '' then excluded.people_to else slack_people_reads.people_to end
            where slack_people_reads.organization_id = excluded.organization_id and slack_people_reads.cursor = @cursor
            """, new { workspace.OrganizationId, workspace.Id, cursor, next, finishedAt }, transaction);
        if (finishedAt is not null) await SlackNewcomers.LookedForAsync(connection, transaction, workspace);
        await transaction.CommitAsync();
        return stored > 0 ? linked : null;
    }

    async Task AnalyzeAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync("analyze persons, accounts");
    }

    /// <param name="Linked">Accounts that are linked anew.</param>
    /// <param name="Next">Null after the last page.</param>
    sealed record ReadPage(int Linked, string? Next);
}

/// <summary>Slack did not answer what had to be known: it is tried again later.</summary>
sealed class SlackSilentException(string what) : Exception(what);
