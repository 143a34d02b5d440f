using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.Limits;
using NudgeBot.People;
using NudgeBot.Slack.WebApi;

namespace NudgeBot.Slack.People;

/// <summary>Reads who is in a workspace, once a day and after an install, and links their accounts to persons by e-mail.</summary>
sealed class SlackPeople
{
    /// <summary>What Slack recommends.</summary>
    const int PageSize = 200;

    const int ManyLinked = 1000;

    /// <summary>What Slack allows in a minute, until the next go.</summary>
    const int NewcomersAtATime = 48;

    readonly SlackCalls calls;
    readonly NpgsqlDataSource database;
    readonly PeopleReads reads;
    readonly Newcomers newcomers;

    public SlackPeople(SlackCalls calls, NpgsqlDataSource database, ProductClock clock)
    {
        this.calls = calls;
        this.database = database;
        reads = new PeopleReads(database, clock);
        newcomers = new Newcomers(database, FindAsync, NewcomersAtATime);
    }

    /// <summary>As many pages as the limit leaves now; nothing where the last reading is not a day old.</summary>
    public async Task ReadAsync(Workspace workspace, Profiles profiles, CancellationToken cancellation)
    {
        // First, as many of them begin a reading.
        await newcomers.LookForAsync(workspace, profiles, cancellation);
        var linked = 0;
        var place = await reads.DueAsync(workspace, cancellation);
        while (place is not null && await ReadPageAsync(workspace, profiles, place, cancellation) is { } page)
        {
            linked += page.Linked;
            place = page.Next;
        }
        // The server gathers statistics a minute later by itself; until then it would guess, and join the next pages badly.
        if (linked > ManyLinked) await AnalyzeAsync(cancellation);
    }

    /// <returns>Null where the reading ends for now: Slack gave no page, or an install began it anew meanwhile.</returns>
    async Task<ReadPage?> ReadPageAsync(Workspace workspace, Profiles profiles, ReadingPlace place, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var arguments = new JsonObject { ["limit"] = PageSize, ["include_locale"] = true };
        if (place.Cursor.Length > 0) arguments["cursor"] = place.Cursor;
        var answer = await calls.CallAsync(workspace, SlackMethod.UsersList, arguments, Urgency.Bulk, cancellation: cancellation);
        // Cursors do not live for ever: the next run begins anew.
        if (answer is SlackAnswer.Refused { Error: "invalid_cursor" }) await reads.BeginAnewAsync(workspace, place);
        if (answer is not SlackAnswer.Ok page) return null;

        var next = NextCursor.Of(page.Body);
        var linked = await StoreAsync(workspace, profiles, place, Members(page.Body), next);
        return linked is null ? null : new ReadPage(linked.Value, next.Length > 0 ? place with { Cursor = next } : null);
    }

    /// <returns>How many accounts are linked anew; null where an install began the reading anew meanwhile: then its cursor counts.</returns>
    async Task<int?> StoreAsync(Workspace workspace, Profiles profiles, ReadingPlace place, IReadOnlyList<Member> members, string next)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        var linked = await new AccountLinks(connection, transaction, workspace).TakeAsync(profiles, members, CancellationToken.None);
        var isStored = await reads.StoreAsync(connection, transaction, workspace, place, next);
        await transaction.CommitAsync();
        return isStored ? linked : null;
    }

    /// <summary>One user, who is new to us, joined or changed.</summary>
    /// <returns>Null where Slack tells nothing of such a user.</returns>
    /// <exception cref="SlackSilentException">Slack did not answer, or is not to be asked now: nobody knows yet.</exception>
    public async Task<Member?> ReadOneAsync(Workspace workspace, Profiles profiles, string user, Urgency urgency, CancellationToken cancellation)
    {
        var arguments = new JsonObject { ["user"] = user, ["include_locale"] = true };
        var member = (await calls.CallAsync(workspace, SlackMethod.UsersInfo, arguments, urgency, cancellation: cancellation)).Match(
            ok => ok.Body.TryGetProperty("user", out var found) ? SlackMember.Read(found) : null,
            refused => null,
            throttled => throw new SlackSilentException("users.info: throttled"),
            noAnswer => throw new SlackSilentException($"users.info: {noAnswer.Why}"));
        if (member is null) return null;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await new AccountLinks(connection, transaction, workspace).TakeAsync(profiles, [member], cancellation);
        await transaction.CommitAsync(cancellation);
        return member;
    }

    async Task<IReadOnlyList<Member>?> FindAsync(Workspace workspace, string email, CancellationToken cancellation)
    {
        var answer = await calls.CallAsync(workspace, SlackMethod.UsersLookupByEmail, new JsonObject { ["email"] = email }, Urgency.Bulk, cancellation: cancellation);
        return answer switch
        {
            SlackAnswer.Ok ok => ok.Body.TryGetProperty("user", out var user) && SlackMember.Read(user) is { } member ? [member] : [],
            SlackAnswer.Refused { Error: SlackError.NobodyFound } => [],
            _ => null,
        };
    }

    static List<Member> Members(JsonElement body) =>
        body.TryGetProperty("members", out var members) && members.ValueKind == JsonValueKind.Array
            ? [.. members.EnumerateArray().Select(SlackMember.Read).OfType<Member>().DistinctBy(member => member.Id)]
            : [];

    async Task AnalyzeAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync("analyze persons, accounts");
    }

    /// <param name="Linked">Accounts that are linked anew.</param>
    /// <param name="Next">Null after the last page.</param>
    sealed record ReadPage(int Linked, ReadingPlace? Next);
}

/// <summary>Slack did not answer what had to be known: it is tried again later.</summary>
sealed class SlackSilentException(string what) : Exception(what);
