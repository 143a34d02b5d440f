using System.Text.Json;
using Dapper;
using Npgsql;
using NudgeBot.Chat;
using NudgeBot.People;
using NudgeBot.Teams.Connector;
using NudgeBot.Teams.Graph;
using NudgeBot.Teams.Inbound;

namespace NudgeBot.Teams.People;

/// <summary>Reads who is in a tenant's directory, everybody once and from then on what has changed in a day, and links their accounts to persons by e-mail.</summary>
sealed class TeamsPeople
{
    const int NewcomersAtATime = 200;

    const int BadRequest = 400;
    const int NotFound = 404;

    readonly GraphCalls graph;
    readonly NpgsqlDataSource database;
    readonly ProductClock clock;
    readonly PeopleReads reads;
    readonly Newcomers newcomers;
    readonly MailboxZones zones;

    public TeamsPeople(GraphCalls graph, NpgsqlDataSource database, ProductClock clock)
    {
        (this.graph, this.database, this.clock) = (graph, database, clock);
        reads = new PeopleReads(database, clock);
        newcomers = new Newcomers(database, FindAsync, NewcomersAtATime);
        zones = new MailboxZones(graph, database);
    }

    /// <summary>As many pages as the limit leaves now; nothing where the last reading is not a day old.</summary>
    public async Task ReadAsync(Workspace workspace, Profiles profiles, CancellationToken cancellation)
    {
        // First, as many of them begin a reading.
        await newcomers.LookForAsync(workspace, profiles, cancellation);
        var place = await reads.DueAsync(workspace, cancellation);
        while (place is not null) place = await ReadPageAsync(workspace, profiles, place, cancellation);
        await zones.ReadAsync(workspace, profiles, cancellation);
    }

    /// <returns>Null where the reading ends, or ends for now.</returns>
    async Task<ReadingPlace?> ReadPageAsync(Workspace workspace, Profiles profiles, ReadingPlace place, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var link = place.Cursor.Length > 0 ? place.Cursor : place.ChangesFrom.Length > 0 ? place.ChangesFrom : null;
        switch (await graph.UsersAsync(workspace, link, cancellation))
        {
            case TeamsAnswer.Ok page:
                var next = page.Body.Text("@odata.nextLink") ?? "";
                return await StoreAsync(workspace, profiles, place, page.Body, next) && next.Length > 0 ? place with { Cursor = next } : null;
            // What it gave to go on with does not live for ever.
            case TeamsAnswer.Refused { Status: TeamsError.Gone or BadRequest or NotFound } when link is not null:
                await reads.BeginAnewAsync(workspace, place);
                return new ReadingPlace("", "");
            default:
                return null;
        }
    }

    async Task<bool> StoreAsync(Workspace workspace, Profiles profiles, ReadingPlace place, JsonElement page, string next)
    {
        var members = Members(page);
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        var links = new AccountLinks(connection, transaction, workspace);
        await links.TakeAsync(profiles, members, CancellationToken.None);
        await connection.ExecuteAsync("""
            update accounts set seen_at = @now where organization_id = @OrganizationId and workspace_id = @Id and external_id = any(@ids)
            """, new { workspace.OrganizationId, workspace.Id, ids = members.Select(member => member.Id).ToArray(), now = clock.Now }, transaction);
        // Otherwise another reading has begun: all of this is true all the same.
        var isStored = await reads.StoreAsync(connection, transaction, workspace, place, next, page.Text("@odata.deltaLink") ?? "");
        if (isStored && next.Length == 0)
        {
            if (place.IsOfEverybody) await links.TakeAsync(profiles, await VanishedAsync(connection, transaction, workspace), CancellationToken.None);
            await TryAgainAsync(connection, transaction, workspace);
        }
        await transaction.CommitAsync();
        return isStored;
    }

    /// <summary>A reading of everybody does not name those who are there no more.</summary>
    static async Task<IReadOnlyList<Member>> VanishedAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Workspace workspace) =>
        [.. (await connection.QueryAsync<string>("""
            select a.external_id from accounts a join people_reads r on r.workspace_id = a.workspace_id
            where a.organization_id = @OrganizationId and a.workspace_id = @Id and a.seen_at < r.began_at
            """, workspace, transaction)).Select(id => new Member(id, [], Member.Deactivated, Profile.Of(id, zone: null, locale: null)))];

    /// <summary>Once a day those whom Teams has refused, whatever its word: nothing tells that a policy or a setting has changed.</summary>
    static Task TryAgainAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Workspace workspace) => connection.ExecuteAsync("""
        update accounts set unreachable = null
        where organization_id = @OrganizationId and workspace_id = @Id and unreachable <> all(@lasting)
        """, new
    {
        workspace.OrganizationId,
        workspace.Id,
        lasting = new[] { Member.Deactivated, Member.Guest, Member.Unlicensed, Member.NotInstalled },
    }, transaction);

    /// <summary>Somebody who is new on the roster.</summary>
    async Task<IReadOnlyList<Member>?> FindAsync(Workspace workspace, string email, CancellationToken cancellation) =>
        await graph.FindUsersAsync(workspace, email, cancellation) switch
        {
            TeamsAnswer.Ok found => Members(found.Body),
            TeamsAnswer.Refused { Status: BadRequest or NotFound } => [],
            _ => null,
        };

    static List<Member> Members(JsonElement page) => page.TryGetProperty("value", out var users) && users.ValueKind == JsonValueKind.Array
        // A page of changes may name somebody twice; the later one counts.
        ? [.. users.EnumerateArray().Select(DirectoryUser.Read).OfType<Member>().Reverse().DistinctBy(member => member.Id)]
        : [];
}
