using Dapper;
using NodaTime;
using Npgsql;
using NudgeBot.Database;
using NudgeBot.Web.Terminal;

namespace NudgeBot.Web.Playground;

/// <summary>A database that is a playground's alone, held for as long as it is open.</summary>
static class PlaygroundDatabase
{
    /// <summary>Any number that nothing else in the database locks by.</summary>
    const long Lock = 0x706C6179; // "play"

    /// <param name="platform">Where the playground's people meet: its own chat, or a Slack.</param>
    /// <param name="fresh">Empties it first, as is done with one that was never finished.</param>
    /// <returns>The connection that holds it.</returns>
    /// <exception cref="OperatorException">It is somebody's real one, or another playground is open on it.</exception>
    public static async Task<NpgsqlConnection> TakeAsync(NpgsqlDataSource database, string platform, bool fresh, CancellationToken cancellation)
    {
        var connection = await database.OpenConnectionAsync(cancellation);
        try
        {
            if (!await connection.QuerySingleAsync<bool>("select pg_try_advisory_lock(@Lock)", new { Lock }))
                throw new OperatorException("The playground is open already; close that one first.");
            if (await OwnerAsync(connection) is { } owner)
                throw new OperatorException(
                    $"This database holds the organization '{owner}', which is no playground's. The playground moves time and invents people, so it never runs beside "
                    + "real ones: unset NUDGEBOT_DATABASE, or name an empty database.");
            if (await IsOfAnotherAsync(connection, platform))
                throw new OperatorException(
                    "This database holds the other kind of demo: the one in the playground's own chat, or the one in a Slack. Each has a database of its own: unset "
                    + "NUDGEBOT_DATABASE, or name an empty one.");
            if (fresh) await EmptyAsync(connection);
            await Migrations.ApplyAsync(database, ProductClock.Ticking(WireClock.System), cancellation);
            if (!fresh && await IsHalfSeededAsync(connection))
            {
                await EmptyAsync(connection);
                await Migrations.ApplyAsync(database, ProductClock.Ticking(WireClock.System), cancellation);
            }
            return connection;
        }
        catch
        {
            // It goes back to the pool as it is.
            await connection.ExecuteAsync("select pg_advisory_unlock_all()");
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A service that follows the wall clock has no place where time stands still.</summary>
    /// <exception cref="DatabaseException">A playground lives here.</exception>
    public static async Task RefuseAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        if (await IsSeededAsync(database, cancellation))
            throw new DatabaseException("This database is a playground's, with invented people and a clock of its own. Name another one in NUDGEBOT_DATABASE, or open it with `demo`.");
    }

    /// <summary>Whether there is a playground here, whole with its campaign.</summary>
    public static async Task<bool> IsSeededAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleAsync<bool>(
            "select exists (select from playground p join campaigns c on c.organization_id = p.organization_id)");
    }

    /// <summary>Makes an empty database a playground's, all at once.</summary>
    public static async Task<(int OrganizationId, int WorkspaceId)> ClaimAsync(
        NpgsqlDataSource database, string organization, DemoWorkspace workspace, Instant now, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleAsync<(int, int)>("""
            with o as (insert into organizations (name, created_at) values (@organization, @now) returning id),
            w as (
              insert into workspaces (organization_id, platform, external_id, name, wins_channel)
              select id, @Platform, @ExternalId, @Name, @WinsChannel from o
              returning id, organization_id)
            insert into playground (workspace_id, organization_id, now) select id, organization_id, @now from w
            returning organization_id, workspace_id
            """, new { organization, workspace.Platform, workspace.ExternalId, workspace.Name, workspace.WinsChannel, now });
    }

    static Task<bool> IsHalfSeededAsync(NpgsqlConnection connection) => connection.QuerySingleAsync<bool>(
        "select exists (select from playground p where not exists (select from campaigns c where c.organization_id = p.organization_id))");

    /// <summary>The first organization that is not the playground's, or that has a workspace elsewhere as well; null: there is none.</summary>
    static async Task<string?> OwnerAsync(NpgsqlConnection connection)
    {
        if (!await ExistsAsync(connection, "organizations")) return null;
        // A database of before there was a playground can only be a real one.
        var (playgroundSql, workspacesSql) = await ExistsAsync(connection, "playground")
            ? ("select organization_id from playground", "select workspace_id from playground")
            : ("select null::int where false", "select null::int where false");
        return await connection.QueryFirstOrDefaultAsync<string>($"""
            select o.name from organizations o
            where o.id not in ({playgroundSql})
               or exists (select from workspaces w where w.organization_id = o.id and w.id not in ({workspacesSql}))
            order by o.id
            """);
    }

    static async Task<bool> IsOfAnotherAsync(NpgsqlConnection connection, string platform) =>
        await ExistsAsync(connection, "playground")
        && await connection.QuerySingleAsync<bool>(
            "select exists (select from playground p join workspaces w on w.organization_id = p.organization_id and w.id = p.workspace_id where w.platform <> @platform)", new { platform });

    static Task<bool> ExistsAsync(NpgsqlConnection connection, string table) =>
        connection.QuerySingleAsync<bool>("select to_regclass(@table) is not null", new { table });

    static Task EmptyAsync(NpgsqlConnection connection) => connection.ExecuteAsync("drop schema public cascade; create schema public");
}

/// <summary>Where the people of a demo meet NudgeBot, in the words of its platform.</summary>
sealed record DemoWorkspace(string Platform, string ExternalId, string Name, string WinsChannel);
